namespace DeepKeras;

/// <summary>
/// A line search for the strong Wolfe conditions: widen until a good length is bracketed, then narrow down (Nocedal and Wright 2006, algorithms 3.5 and 3.6),
/// each trial at the minimum of the cubic through the two best known points (equation 3.59).
/// </summary>
/// <param name="decrease">c₁.</param>
/// <param name="curvature">c₂.</param>
/// <param name="most">Most trials.</param>
internal sealed class StrongWolfe(double decrease, double curvature, int most)
{
    /// <summary>Searches.</summary>
    /// <param name="at">Computes the loss at a length.</param>
    /// <param name="start">Length 0; its slope is below 0.</param>
    /// <param name="first">The first length to try.</param>
    /// <param name="resolution">Differences of the loss below this share of it are rounding; slopes decide there (Hager and Zhang 2005, the approximate Wolfe conditions).</param>
    /// <returns>A point that fulfils both conditions, else the best that fulfils the first; <paramref name="start"/> where none does.</returns>
    public LineTrial Find(Func<double, LineTrial> at, LineTrial start, double first, double resolution)
    {
        var (before, length) = (start, first);
        var noise = resolution * Math.Abs(start.Value);
        for (var count = 1; count <= most; count++)
        {
            var trial = at(length);
            if (TooHigh(trial, start, noise) || (count > 1 && trial.Value >= before.Value + noise)) return Narrow(at, start, before, trial, most - count, noise);
            if (IsFlat(trial, start)) return trial;
            if (trial.Slope >= 0) return Narrow(at, start, trial, before, most - count, noise);
            length = Minimum(before, trial, trial.Length + (0.01 * (trial.Length - before.Length)), 10 * trial.Length);
            before = trial;
        }
        return before;
    }

    /// <param name="at">Computes the loss at a length.</param>
    /// <param name="start">Length 0.</param>
    /// <param name="low">The best point so far that fulfils the first condition.</param>
    /// <param name="high">The other end; the slope at <paramref name="low"/> points to it.</param>
    /// <param name="left">Trials that are left.</param>
    /// <param name="noise">Differences of the loss that are rounding.</param>
    private LineTrial Narrow(Func<double, LineTrial> at, LineTrial start, LineTrial low, LineTrial high, int left, double noise)
    {
        var wasNearEnd = false;
        for (; left > 0; left--)
        {
            var (from, to) = (Math.Min(low.Length, high.Length), Math.Max(low.Length, high.Length));
            if (to - from <= 1e-15 * to) break;
            var length = high.IsFinite ? Minimum(low, high, from, to) : from + (0.25 * (to - from));
            // Twice in a row near an end of the bracket: the cubic does not fit, so step inside.
            var margin = 0.1 * (to - from);
            var isNearEnd = Math.Min(to - length, length - from) < margin;
            if (isNearEnd && (wasNearEnd || length >= to || length <= from))
            {
                length = to - length < length - from ? to - margin : from + margin;
                isNearEnd = false;
            }
            wasNearEnd = isNearEnd;
            var trial = at(length);
            if (TooHigh(trial, start, noise) || trial.Value >= low.Value + noise)
            {
                high = trial;
                continue;
            }
            if (IsFlat(trial, start)) return trial;
            if (trial.Slope * (high.Length - low.Length) >= 0) high = low;
            low = trial;
        }
        return low;
    }

    // Not a number counts as too high, so that the search comes back from where the loss is not defined.
    private bool TooHigh(LineTrial trial, LineTrial start, double noise) =>
        !trial.IsFinite
        || (trial.Value > start.Value + (decrease * trial.Length * start.Slope)
            && !(trial.Value <= start.Value + noise && trial.Slope <= ((2 * decrease) - 1) * start.Slope));

    private bool IsFlat(LineTrial trial, LineTrial start) => Math.Abs(trial.Slope) <= -curvature * start.Slope;

    /// <summary>Where the cubic through two points and slopes is least, within bounds; their middle where it has no minimum.</summary>
    private static double Minimum(LineTrial a, LineTrial b, double least, double greatest)
    {
        if (a.Length > b.Length) (a, b) = (b, a);
        var d1 = a.Slope + b.Slope - (3 * (a.Value - b.Value) / (a.Length - b.Length));
        var square = (d1 * d1) - (a.Slope * b.Slope);
        if (!(square >= 0)) return (least + greatest) / 2;
        var d2 = Math.Sqrt(square);
        var length = b.Length - ((b.Length - a.Length) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2))));
        return double.IsNaN(length) ? (least + greatest) / 2 : Math.Clamp(length, least, greatest);
    }
}
