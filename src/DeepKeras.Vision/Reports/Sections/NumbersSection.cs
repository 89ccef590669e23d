namespace DeepKeras.Vision.Reports;

/// <summary>How near predicted numbers are to the true ones.</summary>
internal static class NumbersSection
{
    private const int MostCharts = 4;

    public static IEnumerable<Section> Write(ReportContext context)
    {
        foreach (var output in context.Reading.Outputs)
        {
            if (output.Numbers is not { } numbers) continue;
            var rows = Enumerable.Range(0, numbers.Numbers).Select(i => (IReadOnlyList<object>)
            [
                Name(context, numbers, i), Numeral.Plain(numbers.MeanAbsoluteError(i)), Numeral.Plain(numbers.RootMeanSquaredError(i)), Numeral.Plain(numbers.Bias(i)), Numeral.Plain(numbers.Determination(i)),
            ]);
            var charts = Enumerable.Range(0, Math.Min(MostCharts, numbers.Numbers)).Select(i =>
            {
                var chart = new ScatterChart(Name(context, numbers, i), "truth", "prediction");
                chart.Add("samples", [.. numbers.Points.Select(p => (p.Truth[i], (double)p.Prediction[i], (string?)null))]);
                return Html.Figure(chart.ToSvg(diagonal: true), numbers.Numbers > 1 ? Name(context, numbers, i) : "prediction against truth");
            });
            yield return new(
                context.TitleFor("Errors", output),
                numbers.Points.Count < numbers.Samples ? $"The drawing shows {Numeral.Grouped(numbers.Points.Count)} samples, chosen at random." : null,
                [Html.Table(["", "mean absolute error", "root of the mean squared error", "bias", "R²"], rows, false, true, true, true, true), Html.Figures("charts", charts)]);
        }
    }

    private static string Name(ReportContext context, NumberReading numbers, int index) =>
        context.Options.ClassNames is { } names && index < names.Count ? names[index] : numbers.Numbers > 1 ? "number " + context.Options.ClassName(index) : "prediction";
}
