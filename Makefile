# Every task is one target; everything runs in the tools tree, which the first target that needs it makes.
.DEFAULT_GOAL := help
.SUFFIXES:
.PHONY: $(shell grep -oE '^[a-z][a-z-]+:' Makefile | tr -d :)

ARCH ?= amd64
export PREFIX
export HARMONY_KEYS := $(abspath $(KEYS))
IN_TREE := image/tools-tree/in-tree
MVN := $(IN_TREE) mvn -B -ntp -q

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' Makefile

demo: ## a mesh and three agents on this machine; deploy a web site, and a guest book with its database, HTTPS and a backup
	$(IN_TREE) provisioning/demo up

demo-stop: ## end what `make demo` started
	$(IN_TREE) provisioning/demo down

demo-nodes: ## three real nodes booted from the image; deploy the example web site onto them
	$(IN_TREE) provisioning/demo-nodes

build: ## compile everything, without tests
	$(MVN) -DskipTests package

test: ## all tests, those that boot the image in QEMU included
	$(IN_TREE) .ci/test

unit-test: ## all tests but those that boot the image
	$(IN_TREE) .ci/test unit

format: ## format the sources
	$(MVN) spotless:apply

install: ## the command harmony below PREFIX (~/.local), and what projects of one's own build with
	$(IN_TREE) modules/cli/link-runtime
	modules/cli/install

uninstall: ## take both away again
	modules/cli/install uninstall

runtime: ## link the agent's runtime, ARCH=amd64|arm64
	$(IN_TREE) agent/link-runtime $(ARCH)

image: ## build the bootable image of a node; KEYS=folder signs it for others than tests
	$(IN_TREE) image/build $(ARCH)

release: ## make a signed release of the image: KEYS=folder OUT=folder, FROM=folder of an older one
	image/release $(ARCH) "$(KEYS)" "$(OUT)" "$(FROM)"

keys: ## make in KEYS=folder what is missing of the keys that releases are signed with
	mkdir -p "$(KEYS)"
	$(IN_TREE) image/keys "$(HARMONY_KEYS)"

usb: ## the stick that installs nodes; `harmony usb create` puts onto it what a node is told
	$(IN_TREE) image/usb $(ARCH)

qemu-test: ## boot the image in QEMU and deploy onto it
	$(IN_TREE) qemu-tests/run

bench-cli: ## how soon the command answers, from a checkout and installed
	$(IN_TREE) modules/cli/bench-cli

bench-agent: ## the agent's memory and time to start, each the median of 5
	$(IN_TREE) agent/bench-agent

bench-hardware: ## what watching a node's hardware costs, and how soon something plugged in is seen
	$(IN_TREE) hardware/bench

bench-placement: ## how fast placement decides on 100, 1,000 and 10,000 nodes, and how tight it packs
	$(IN_TREE) modules/placement/bench

bench-dns: ## questions a second beside a bare name server with the same zone, and what is dropped while it changes
	$(IN_TREE) modules/nameservers/bench-dns

bench-compile: ## what the checks cost, of the compiler and of the graph, for 1,000 and 5,000 scores
	$(IN_TREE) modules/rules/misconfig-table GraphBench
	$(IN_TREE) modules/checker/bench/bench-compile

bench-import: ## import, compile and check all applications below APPS=folder, and look for secrets in what was written
	$(IN_TREE) modules/import/bench-import $(APPS)

bench-image: ## how large the image is, what an update, a build and a boot take, beside an image of Debian's least
	$(IN_TREE) qemu-tests/bench-image

misconfig-table: ## every mistake of the corpus: who finds it when
	$(IN_TREE) modules/rules/misconfig-table

bench-engine: ## plan and apply beside Terraform's, which the machine must have
	$(IN_TREE) modules/journal-file/bench-engine

bench-fleet-read: ## how long reading 1,000 and 5,000 nodes takes, deploying to 1,000, and who waits meanwhile
	$(IN_TREE) modules/engine/bench-fleet-read

bench-fleet: ## 1,000, 5,000 and 10,000 nodes on one server with TLS and permissions; NODES=1000 for fewer
	$(IN_TREE) modules/cli/bench-fleet $(NODES)

chaos: ## break a small fleet on purpose, again and again, and look whether it keeps its promises; RUNS=5 SEED=1
	$(IN_TREE) modules/cli/chaos "$(RUNS)" "$(SEED)"

power-cut: ## cut a node's power CUTS times while it starts first and takes a next system, and look what is left; SEED=1
	$(IN_TREE) qemu-tests/power-cut $(CUTS) $(SEED)

clean: ## remove what builds made, but not the tools tree
	$(MVN) clean
	rm -rf image/target
