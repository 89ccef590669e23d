using System.Xml.Linq;

namespace DeepKeras.Vision.Reports;

/// <summary>The figures at the top, and the tables of all that <c>Evaluate</c> measured and of the model's size.</summary>
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

    public static Section Write(ReportContext context)
    {
        var model = context.Model;
        var trainable = model.TrainableWeights.Sum(w => w.ElementCount);
        var total = model.CountParams();
        var facts = new List<IReadOnlyList<object>>
        {
            new object[] { "layers", Numeral.Grouped(model.Layers.Count) },
            new object[] { "total parameters", Numeral.Grouped(total) },
            new object[] { "trainable", Numeral.Grouped(trainable) },
            new object[] { "non-trainable", Numeral.Grouped(total - trainable) },
        };
        if (model.Optimizer is { } optimizer) facts.Add(["optimizer", optimizer.GetType().Name]);
        var tables = new List<XElement> { Html.Table(["model", model.Name], facts, false, true) };
        if (context.Score is { Count: > 0 } score) tables.Insert(0, Html.Table(["figure", "value"], score.Names.Select((name, i) => (IReadOnlyList<object>)[name, Numeral.Plain(score[i])]), false, true));
        var lead = $"Measured on {Numeral.Grouped(context.Reading.Samples)} samples.";
        return new("Overview", lead, [Html.Styled("div", "columns", [.. tables])]);
    }
}
