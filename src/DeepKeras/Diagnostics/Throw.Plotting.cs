using System.Globalization;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException PlotExtension(string path, string expected) =>
        new($"A plot expects a file name that ends in {expected} but received '{path}'. Give the name such an ending; it decides what is written.");

    public static KerasException ChartPoints(string chart, string? line, int x, int y) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Chart '{chart}': the line '{line}' expects as many x as y but received {x} and {y}. Give one y for each x, double.NaN where there is none."));

    public static KerasException NothingToPlot() =>
        new("History.Plot expects at least one finished epoch but received a history without any. Call Fit with epochs of at least 1, and plot after it has ended.");

    public static KerasException NoGraphviz(string target, string program) =>
        new($"Plot.Model expects the program '{program}' of Graphviz on PATH to draw '{target}' but did not find it. Install Graphviz (apt-get install graphviz, brew install graphviz, winget install graphviz), or write a .dot file, which needs no program.");

    public static KerasException GraphvizFailed(string target, string format, string reason) =>
        new($"Plot.Model expects Graphviz to draw '{target}' as {format} but received an error from it: {reason}. Write a .dot file to see the graph, or another format.");
}
