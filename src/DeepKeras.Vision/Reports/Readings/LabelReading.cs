namespace DeepKeras.Vision.Reports;

/// <summary>An output that answers several yes-or-no questions at once: a probability per label, targets of zeros and ones.</summary>
internal sealed class LabelReading(int width, bool areLogits)
{
    /// <summary>Yes where the truth is yes, per label.</summary>
    public long[] TruePositives { get; } = new long[width];

    public long[] FalsePositives { get; } = new long[width];

    public long[] FalseNegatives { get; } = new long[width];

    public long[] TrueNegatives { get; } = new long[width];

    public int Labels => width;

    public double Threshold => areLogits ? 0 : 0.5;

    public bool Fits(ReadOnlySpan<double> target) => width > 1 && target.Length == width && target.IndexOfAnyExcept(0, 1) < 0;

    public void Take(ReadOnlySpan<double> target, ReadOnlySpan<float> scores)
    {
        for (var i = 0; i < width; i++)
        {
            var counts = (target[i] == 1, scores[i] > Threshold) switch
            {
                (true, true) => TruePositives,
                (true, false) => FalseNegatives,
                (false, true) => FalsePositives,
                _ => TrueNegatives,
            };
            counts[i]++;
        }
    }
}
