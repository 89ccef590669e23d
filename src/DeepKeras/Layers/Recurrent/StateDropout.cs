namespace DeepKeras.Layers;

/// <summary>The masks with which recurrent cells drop inputs and states: drawn once per sequence, the same at every step.</summary>
internal static class StateDropout
{
    public static void Check(string owner, string argument, double rate)
    {
        if (rate is not (>= 0 and < 1)) throw Throw.BadArgument(owner, argument, "at least 0 and below 1", rate, "Give the share to drop: 0.25 drops a quarter.");
    }

    /// <summary>One mask per gate of 0 and 1 / (1 − rate).</summary>
    public static Tensor[] Masks(int gates, long[] shape, Tensor like, double rate, RandomStream random) =>
        [.. Enumerable.Range(0, gates).Select(_ => Noise.KeepMask(shape, like, rate, random))];
}
