# Two resources of one name: Terraform's own rule for names.
resource "terraform_data" "web" {}

resource "terraform_data" "web" {}
