# Terraform's own arithmetic of address blocks, on the same value.
output "it" {
  value = cidrhost("10.0.0.0/255.0.0.0", 1)
}
