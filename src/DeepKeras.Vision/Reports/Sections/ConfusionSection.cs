using System.Globalization;
using System.Xml.Linq;

namespace DeepKeras.Vision.Reports;

/// <summary>Which class was taken for which, and precision and recall of every class.</summary>
internal static class ConfusionSection
{
    /// <summary>More classes than this do not fit on a screen; their most frequent confusions are listed instead.</summary>
    private const int MostColumns = 30;

    private const int ListedConfusions = 12;

    /// <summary>Names up to this length need not be turned to fit above a column.</summary>
    private const int ShortName = 4;

    public static IEnumerable<Section> Write(ReportContext context)
    {
        foreach (var output in context.Reading.Outputs)
        {
            if (output.Classes is { } classes)
            {
                var confusions = Confusions(context, classes);
                yield return classes.Classes <= MostColumns
                    ? new(context.TitleFor("Confusion matrix", output), "Rows are the true classes, columns what the model recognised. The deeper the colour, the greater the share of the row.", [Html.Styled("div", "columns", Matrix(context, classes), confusions)])
                    : new(context.TitleFor("Confusions", output), null, [confusions]);
                yield return new(context.TitleFor("Classes", output), null, [PerClass(context, classes)]);
            }
            else if (output.Labels is { } labels) yield return new(context.TitleFor("Labels", output), string.Create(CultureInfo.InvariantCulture, $"A label counts as found where the output is above {labels.Threshold}."), [PerLabel(context, labels)]);
        }
    }

    private static XElement Matrix(ReportContext context, ClassReading reading)
    {
        var names = Enumerable.Range(0, reading.Classes).Select(context.Options.ClassName).ToList();
        var style = names.Exists(n => n.Length > ShortName) ? "upright" : "above";
        var head = Html.Element("tr", [Html.Element("th"), .. names.Select(n => Html.Styled("th", style, Html.Element("span", n)))]);
        var rows = Enumerable.Range(0, reading.Classes).Select(truth => Html.Element(
            "tr",
            [Html.Element("th", names[truth]), .. Enumerable.Range(0, reading.Classes).Select(found => Cell(reading, truth, found, names))]));
        return Html.Styled("div", "scroll", Html.Styled("table", "confusion", Html.Element("thead", head), Html.Element("tbody", [.. rows])));
    }

    private static XElement Cell(ClassReading reading, int truth, int found, List<string> names)
    {
        var count = reading.Counts[truth, found];
        var share = reading.Samples(truth) is > 0 and var samples ? (double)count / samples : 0;
        var cell = Html.Styled("td", truth == found ? "right" : "wrong", Html.Element("span", Numeral.Whole(count)));
        if (count == 0) cell.SetAttributeValue("class", "none");
        // Small shares would not be seen on a straight scale.
        else cell.SetAttributeValue("style", string.Create(CultureInfo.InvariantCulture, $"--share:{Math.Sqrt(share):0.###}"));
        cell.SetAttributeValue("title", $"{names[truth]} recognised as {names[found]}: {Numeral.Percent(share)}");
        return cell;
    }

    private static XElement Confusions(ReportContext context, ClassReading reading)
    {
        var pairs = from truth in Enumerable.Range(0, reading.Classes)
                    from found in Enumerable.Range(0, reading.Classes)
                    where truth != found && reading.Counts[truth, found] > 0
                    orderby reading.Counts[truth, found] descending
                    select (IReadOnlyList<object>)[$"{context.Options.ClassName(truth)} → {context.Options.ClassName(found)}", Numeral.Grouped(reading.Counts[truth, found]), Numeral.Percent((double)reading.Counts[truth, found] / reading.Samples(truth))];
        var rows = pairs.Take(ListedConfusions).ToList();
        return rows.Count == 0 ? Html.Element("p", "Not one sample was confused.") : Html.Table(["most frequent confusions", "samples", "of the class"], rows, false, true, true);
    }

    private static XElement PerClass(ReportContext context, ClassReading reading)
    {
        var all = Enumerable.Range(0, reading.Classes).ToList();
        var rows = all.Select(c => (IReadOnlyList<object>)[context.Options.ClassName(c), Numeral.Grouped(reading.Samples(c)), Meter(reading.Recall(c)), Meter(reading.Precision(c)), Meter(reading.F1(c))]).ToList();
        rows.Add([Mean("mean of the classes"), Numeral.Grouped(reading.Total), Average(reading.Recall), Average(reading.Precision), Average(reading.F1)]);
        return Html.Folded(Html.Table(["class", "samples", "accuracy (recall)", "precision", "F1"], rows, false, true, true, true, true), rows.Count, "classes");

        string Average(Func<int, double> figure)
        {
            var known = all.Select(figure).Where(double.IsFinite).ToList();
            return Numeral.Percent(known.Count > 0 ? known.Average() : double.NaN);
        }
    }

    private static XElement PerLabel(ReportContext context, LabelReading reading) => Html.Table(
        ["label", "samples", "accuracy", "precision", "recall", "F1"],
        Enumerable.Range(0, reading.Labels).Select(i =>
        {
            long right = reading.TruePositives[i], extra = reading.FalsePositives[i], missed = reading.FalseNegatives[i];
            return (IReadOnlyList<object>)
            [
                context.Options.ClassName(i), Numeral.Grouped(right + missed),
                Meter((right + reading.TrueNegatives[i]) / (double)(right + extra + missed + reading.TrueNegatives[i])),
                Meter(right / (double)(right + extra)), Meter(right / (double)(right + missed)), Meter(2.0 * right / ((2 * right) + extra + missed)),
            ];
        }),
        false,
        true,
        true,
        true,
        true,
        true);

    private static XElement Mean(string text) => Html.Element("td", Html.Element("em", text));

    private static XElement Meter(double fraction)
    {
        var bar = Html.Styled("span", "bar");
        bar.SetAttributeValue("style", string.Create(CultureInfo.InvariantCulture, $"width:{(double.IsFinite(fraction) ? 70 * fraction : 0):0.#}px"));
        return Html.Element("td", Html.Attribute("class", "number meter"), Html.Element("div", bar, Numeral.Percent(fraction)));
    }
}
