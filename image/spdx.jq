# What mkosi lists of an image's packages, in SPDX 2.3: https://spdx.github.io/spdx-spec/v2.3
{
    spdxVersion: "SPDX-2.3", dataLicense: "CC0-1.0", SPDXID: "SPDXRef-DOCUMENT", name: $name,
    documentNamespace: "https://spdx.org/spdxdocs/\($name)-\($digest)",
    creationInfo: {created: ($version | strptime("%Y%m%d%H%M") | todate), creators: ["Tool: mkosi"]},
    packages: [.packages | unique_by([.name, .architecture])[] | {name, versionInfo: .version, filesAnalyzed: false, downloadLocation: "NOASSERTION",
        SPDXID: "SPDXRef-\(.name)-\(.architecture)" | gsub("[^A-Za-z0-9.-]"; "-"),
        externalRefs: [{referenceCategory: "PACKAGE-MANAGER", referenceType: "purl",
            referenceLocator: "pkg:deb/debian/\(.name | @uri)@\(.version | @uri)?arch=\(.architecture)"}]}]
    } | .relationships = [.packages[] | {spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: .SPDXID}]
