"""What can be done with memory, by theme. `memory.facade.Memory` is all of it; nothing else is imported from here."""
