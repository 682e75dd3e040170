"""The faults of docs/reliability.md at release size: resumable runs whose counts add up."""
