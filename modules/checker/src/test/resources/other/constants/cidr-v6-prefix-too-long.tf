# Terraform's own arithmetic of address blocks, on the same value.
output "it" {
  value = cidrhost("2001:db8::/129", 1)
}
