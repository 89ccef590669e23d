namespace DeepKeras.Inspection;

/// <summary>What a summary shows and how wide it is.</summary>
internal sealed record SummaryOptions(int? LineLength, double[]? Positions, bool ExpandNested, bool ShowTrainable, (string First, string Last)? LayerRange);
