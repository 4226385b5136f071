"""What a report names: quotations → names → details → the register of mechanisms; cited documents."""
