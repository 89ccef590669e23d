using System.Xml.Linq;

namespace DeepKeras.Vision.Reports;

/// <summary>Loss and metrics over the epochs, training and validation in one drawing.</summary>
internal static class CurvesSection
{
    private const string Prefix = "val_";

    public static Section? Write(ReportContext context)
    {
        if (context.History is not { Epochs.Count: > 0 } history) return null;
        var names = history.Keys.Select(k => k.StartsWith(Prefix, StringComparison.Ordinal) ? k[Prefix.Length..] : k).Distinct(StringComparer.Ordinal);
        // The loss first, then the others by name.
        var charts = names.OrderBy(n => n == "loss" ? 0 : 1).Select(name => Html.Figure(Draw(context.Model, history, name), name));
        var lead = history.Keys.Any(k => k.StartsWith(Prefix, StringComparison.Ordinal)) ? "The greater dot marks the best epoch on the validation data." : null;
        return new("Training", lead, [Html.Figures("charts", charts)]);
    }

    private static XElement Draw(Model model, History history, string name)
    {
        var chart = new LineChart(name, "epoch");
        if (history.Contains(name)) chart.Add("training", "train", Points(history, name));
        if (history.Contains(Prefix + name))
        {
            var points = Points(history, Prefix + name);
            chart.Add("validation", "validation", points, Best(points, model.HigherIsBetter(name)));
        }
        return chart.ToSvg();
    }

    private static List<(double X, double Y)> Points(History history, string key) => [.. history.EpochsOf(key).Zip(history[key], (epoch, value) => (epoch + 1.0, value))];

    private static int? Best(List<(double X, double Y)> points, bool? higherIsBetter)
    {
        if (higherIsBetter is not { } higher) return null;
        int? best = null;
        for (var i = 0; i < points.Count; i++)
        {
            if (double.IsFinite(points[i].Y) && (best is null || (higher ? points[i].Y > points[best.Value].Y : points[i].Y < points[best.Value].Y))) best = i;
        }
        return best;
    }
}
