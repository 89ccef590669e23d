namespace DeepKeras.Vision.Reports;

/// <summary>What the sections of a report are written from.</summary>
/// <param name="Model">The model.</param>
/// <param name="Reading">What one pass over the data showed.</param>
/// <param name="Score">What <c>Evaluate</c> measured; <see langword="null"/> for a model that is not compiled.</param>
/// <param name="History">How it was trained.</param>
/// <param name="Options">What is shown.</param>
/// <param name="GraphProgram">The program that lays out the graph.</param>
internal sealed record ReportContext(Model Model, DataReading Reading, Score? Score, History? History, ReportOptions Options, string GraphProgram)
{
    /// <summary>The heading of a section that a model of several outputs has once for each.</summary>
    public string TitleFor(string title, OutputReading output) => Model.Outputs.Count > 1 ? $"{title}: {output.Name}" : title;
}
