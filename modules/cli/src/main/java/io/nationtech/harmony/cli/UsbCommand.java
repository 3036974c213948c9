package io.nationtech.harmony.cli;

import picocli.CommandLine.Command;

/** Groups what is about sticks; says so itself when nothing else is asked. */
@Command(
        name = "usb",
        description = "Sticks that install nodes.",
        synopsisSubcommandLabel = "(create | check | template)",
        footer = {
            "",
            "A node without anybody at its screen:",
            "  harmony mesh login --node node-1 --days 7",
            "  harmony usb template > seed.conf          then say in it what holds for the node",
            "  harmony usb create --image harmony-usb-amd64.raw --seed seed.conf --login node-1.creds \\",
            "      --ca mesh-ca.crt /dev/sdb"
        })
final class UsbCommand {}
