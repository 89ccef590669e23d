using System.Globalization;

namespace DeepKeras.Vision.Reports;

/// <summary>What a report shows and how much of it.</summary>
internal sealed record ReportOptions(IReadOnlyList<string>? ClassNames, int Images, int Mistakes, int Points)
{
    /// <summary>The name of a class, or its number where it has none.</summary>
    public string ClassName(int index) => ClassNames is { } names && index < names.Count ? names[index] : index.ToString(CultureInfo.InvariantCulture);
}
