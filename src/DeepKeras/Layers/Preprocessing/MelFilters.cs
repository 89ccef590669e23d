namespace DeepKeras.Layers;

/// <summary>Triangles on the mel scale of the Hidden Markov Model Toolkit, <c>mel(f) = 1127 · ln(1 + f / 700)</c>, each with peak 1 and its neighbours' peaks as feet.</summary>
internal static class MelFilters
{
    private const double BreakFrequency = 700;
    private const double Steepness = 1127;

    /// <summary>The weights (bands, frequencies) of frequencies that lie evenly <paramref name="spacing"/> Hz apart from 0 on.</summary>
    public static Tensor Create(long bands, long frequencies, double spacing, double lowest, double highest)
    {
        var (first, last) = (ToMel(lowest), ToMel(highest));
        var step = (last - first) / (bands + 1);
        var weights = new double[bands * frequencies];
        for (var band = 0L; band < bands; band++)
        {
            var peak = first + ((band + 1) * step);
            // Frequency 0, the mean of the signal, belongs to no band.
            for (var f = 1L; f < frequencies; f++) weights[(band * frequencies) + f] = Math.Max(0, 1 - (Math.Abs(ToMel(f * spacing) - peak) / step));
        }
        return torch.tensor(weights, [bands, frequencies]);
    }

    private static double ToMel(double frequency) => Steepness * Math.Log(1 + (frequency / BreakFrequency));
}
