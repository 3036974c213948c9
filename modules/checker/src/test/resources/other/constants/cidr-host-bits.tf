# Terraform's own arithmetic of address blocks, on the same value.
output "it" {
  value = cidrhost("192.168.1.17/24", 1)
}
