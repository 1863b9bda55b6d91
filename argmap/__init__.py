"""Read op-eds critically: claims, evidence, assumptions, and who said what."""
