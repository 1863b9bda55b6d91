"""Operations: done, logged, undone, and followed by other processes."""
