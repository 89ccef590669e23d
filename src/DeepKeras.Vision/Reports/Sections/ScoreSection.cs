using System.Xml.Linq;

namespace DeepKeras.Vision.Reports;

/// <summary>The figures at the top, and the table of all that <c>Evaluate</c> measured.</summary>
internal static class ScoreSection
{
    public static XElement Tiles(ReportContext context)
    {
        var tiles = new List<(string Figure, string Name)>();
        foreach (var output in context.Reading.Outputs)
        {
            var of = context.Model.Outputs.Count > 1 ? $" · {output.Name}" : "";
            if (output.Classes is { } classes) tiles.Add((Numeral.Percent(classes.Accuracy), "accuracy" + of));
            else if (output.Numbers is { } numbers) tiles.Add((Numeral.Plain(Enumerable.Range(0, numbers.Numbers).Average(numbers.MeanAbsoluteError)), "mean absolute error" + of));
        }
        if (context.Score is { Count: > 0 } score && score.Names[0] == "loss") tiles.Add((Numeral.Plain(score[0]), "loss"));
        tiles.Add((Numeral.Grouped(context.Reading.Samples), "samples"));
        tiles.Add((Numeral.Grouped(context.Model.CountParams()), "parameters"));
        if (context.History is { Epochs.Count: > 0 } history) tiles.Add((Numeral.Grouped(history.Epochs.Count), history.Epochs.Count == 1 ? "epoch" : "epochs"));
        return Html.Styled("div", "tiles", [.. tiles.Select(t => Html.Styled("div", "tile", Html.Element("strong", t.Figure), Html.Element("span", t.Name)))]);
    }

    public static Section? Write(ReportContext context)
    {
        if (context.Score is not { Count: > 0 } score) return null;
        var rows = score.Names.Select((name, i) => (IReadOnlyList<object>)[name, Numeral.Plain(score[i])]);
        return new("Score", $"What Evaluate measured on the {Numeral.Grouped(context.Reading.Samples)} samples.", [Html.Table(["figure", "value"], rows, false, true)]);
    }
}
