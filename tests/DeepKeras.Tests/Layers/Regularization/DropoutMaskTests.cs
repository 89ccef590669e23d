namespace DeepKeras.Tests.Layers;

[TestFixture]
public sealed class DropoutMaskTests
{
    [TestCase(0.1)]
    [TestCase(0.5)]
    [TestCase(0.77)]
    public void The_share_of_zeros_is_the_rate(double rate)
    {
        const int length = 1 << 20;
        var mask = Filled(length, rate, 3);
        var zeros = mask.Count(m => m == 0) / (double)length;
        // Five standard deviations of a binomial share.
        zeros.Should().BeApproximately(rate, 5 * Math.Sqrt(rate * (1 - rate) / length));
        mask.Where(m => m != 0).Should().OnlyContain(m => m == 2f);
    }

    [TestCase(0, 2f)]
    [TestCase(1, 0f)]
    public void The_ends_are_exact(double rate, float expected) => Filled(100_000, rate, 9).Should().OnlyContain(m => m == expected);

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(8)]
    [TestCase(16_385)]
    [TestCase(1_200_003)]
    public void The_mask_depends_on_the_key_only(int length)
    {
        var alone = Filled(length, 0.5, 11, threads: 1);
        Filled(length, 0.5, 11, threads: 4).Should().Equal(alone);
        // A longer mask begins with the same numbers, so nothing behind the end is written or read.
        Filled(length + 5, 0.5, 11).Take(length).Should().Equal(alone);
        if (length > 8) Filled(length, 0.5, 12).Should().NotEqual(alone);
    }

    [Test]
    public void Neighbours_lanes_blocks_and_keys_are_independent()
    {
        const int length = 1 << 19;
        var mask = Filled(length, 0.5, 5);
        var other = Filled(length, 0.5, 6);
        // The correlation of two independent fair masks has standard deviation 1/√n.
        foreach (var lag in new[] { 1, 2, 7, 8, 9, 64, 16_384, 32_768 }) Correlation(mask, mask, lag).Should().BeInRange(-0.008, 0.008, "lag {0}", lag);
        Correlation(mask, other, 0).Should().BeInRange(-0.008, 0.008);
    }

    [Test]
    public void Runs_have_the_lengths_of_a_fair_coin()
    {
        var mask = Filled(1 << 18, 0.5, 21);
        var (runs, longest, current) = (1, 1, 1);
        for (var i = 1; i < mask.Length; i++)
        {
            if (mask[i] == mask[i - 1])
            {
                longest = Math.Max(longest, ++current);
                continue;
            }
            runs++;
            current = 1;
        }
        runs.Should().BeInRange((mask.Length / 2) - 1300, (mask.Length / 2) + 1300);
        longest.Should().BeInRange(13, 32);
    }

    private static float[] Filled(int length, double rate, ulong key, int threads = 2)
    {
        var mask = new float[length];
        DropoutMask.Fill(mask, rate, 2f, key, threads);
        return mask;
    }

    private static double Correlation(float[] a, float[] b, int lag)
    {
        var sum = 0.0;
        for (var i = 0; i + lag < a.Length; i++) sum += (a[i] - 1) * (b[i + lag] - 1);
        return sum / (a.Length - lag);
    }
}
