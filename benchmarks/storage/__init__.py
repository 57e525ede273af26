"""What the ledger is tried with: disks that lose power or run full, people who keep and forget, and what they were promised."""
