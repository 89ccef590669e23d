using System.Globalization;
using DeepKeras.Plotting;

namespace DeepKeras.Training;

/// <summary>What a <see cref="LearningRateFinder"/> saw.</summary>
public sealed class LearningRateRange
{
    private readonly bool _isExponential;

    internal LearningRateRange(IReadOnlyList<double> rates, IReadOnlyList<double> losses, IReadOnlyList<double> smoothed, bool isExponential)
    {
        (Rates, Losses, Smoothed, _isExponential) = (rates, losses, smoothed, isExponential);
        Suggestion = Steepest();
    }

    /// <summary>The learning rate of each step.</summary>
    public IReadOnlyList<double> Rates { get; }

    /// <summary>The loss of each step's batch, before the step.</summary>
    public IReadOnlyList<double> Losses { get; }

    /// <summary>The running mean of the losses.</summary>
    public IReadOnlyList<double> Smoothed { get; }

    /// <summary>
    /// The rate to train with: where the smoothed loss falls most steeply, over the logarithm of the rate after an exponential sweep, over the rate after a linear one.
    /// As the upper bound of a cycle (<c>CyclicalLearningRate</c>, <c>OneCycle</c>) take the rate of the least smoothed loss, or somewhat less.
    /// </summary>
    public double Suggestion { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"learning rate {Suggestion:G3} ({Rates.Count} steps from {Rates[0]:G3} to {Rates[^1]:G3})");

    /// <summary>Draws the losses over the rates, with the suggestion.</summary>
    /// <param name="path">A name that ends in <c>.svg</c>, or in <c>.html</c> for a page that needs no other file.</param>
    /// <exception cref="KerasException">The name ends otherwise, or the file cannot be written.</exception>
    public void Plot(string path)
    {
        // What comes after the break would press the rest flat.
        var (least, first) = (Smoothed.Min(), Smoothed[0]);
        var top = first > least ? Math.Min(Losses.Max(), first + (0.6 * (first - least))) : Losses.Max();
        var room = Math.Max(0.06 * (top - least), 1e-12);
        new Chart("Learning-rate range test", "learning rate", "loss", isXLogarithmic: _isExponential, yRange: (Math.Min(least, Losses.Where(double.IsFinite).Min()) - room, top + room), width: 640)
            .Line("loss of each step", Rates, Losses, "#c3d3ef")
            .Line("smoothed", Rates, Smoothed, "#2f6fde")
            .Note(Suggestion, string.Create(CultureInfo.InvariantCulture, $"suggestion {Suggestion:G3}"))
            .Save(path);
    }

    private double Steepest()
    {
        var least = Enumerable.Range(0, Smoothed.Count).MinBy(i => Smoothed[i]);
        var (best, slope) = (0, double.PositiveInfinity);
        // In the first tenth the running mean still swings.
        var first = Math.Max(1, Smoothed.Count / 10);
        for (var i = first; i < Math.Clamp(least, first + 1, Smoothed.Count - 1); i++)
        {
            var change = (Smoothed[i + 1] - Smoothed[i - 1]) / (Place(i + 1) - Place(i - 1));
            if (change < slope) (best, slope) = (i, change);
        }
        return Rates[best];
    }

    private double Place(int step) => _isExponential ? Math.Log10(Rates[step]) : Rates[step];
}
