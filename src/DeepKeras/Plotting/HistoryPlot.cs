using DeepKeras.Plotting;

namespace DeepKeras;

/// <summary>The curves of a training.</summary>
public static class HistoryPlot
{
    extension(History history)
    {
        /// <summary>Draws the loss and every metric over the epochs, one chart each, training and validation together.</summary>
        /// <param name="path">A name that ends in <c>.svg</c>, or in <c>.html</c> for a page that needs no other file.</param>
        /// <param name="title">What stands above all; nothing by default.</param>
        /// <param name="logarithmic">Whether the losses' axes go by powers of ten.</param>
        /// <exception cref="KerasException">No epoch ended, the name ends otherwise, or the file cannot be written.</exception>
        /// <remarks><code>model.Fit(x, y, epochs: 20, validationSplit: 0.2).Plot("curves.svg");</code></remarks>
        public void Plot(string path, string title = "", bool logarithmic = false) => history.ToFigure(title, logarithmic).Save(path);

        /// <summary>The same charts, to be saved or put beside others.</summary>
        /// <param name="title">What stands above all; nothing by default.</param>
        /// <param name="logarithmic">Whether the losses' axes go by powers of ten.</param>
        /// <exception cref="KerasException">No epoch ended.</exception>
        public Figure ToFigure(string title = "", bool logarithmic = false)
        {
            // The loss comes first, then the losses of outputs, then metrics.
            string[] names = [.. history.Keys.Where(k => !k.StartsWith(Validation, StringComparison.Ordinal))
                .OrderBy(k => k == "loss" ? 0 : k.EndsWith("_loss", StringComparison.Ordinal) ? 1 : 2)];
            if (names.Length == 0) throw Throw.NothingToPlot();
            return new Figure(title, [.. names.Select(n => ChartOf(history, n, logarithmic))]);
        }
    }

    private const string Validation = "val_";

    private static Chart ChartOf(History history, string name, bool logarithmic)
    {
        var isLoss = name == "loss" || name.EndsWith("_loss", StringComparison.Ordinal);
        var chart = new Chart(name, "epoch", "", isYLogarithmic: logarithmic && isLoss);
        Add(chart, history, name, "training");
        if (history.Contains(Validation + name)) Add(chart, history, Validation + name, "validation");
        return chart;
    }

    // Epochs count from 1 where people read them, as in the progress line.
    private static void Add(Chart chart, History history, string key, string series) =>
        chart.Line(series, [.. history.EpochsOf(key).Select(e => e + 1.0)], history[key], hasDots: history[key].Count <= 100);
}
