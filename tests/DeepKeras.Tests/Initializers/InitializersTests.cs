using DeepKeras.Initializers;

namespace DeepKeras.Tests;

public sealed class InitializersTests
{
    public static IEnumerable<TestCaseData> Scaled()
    {
        // name, fan, scale: variance scale / fan for a kernel (3, 3, 16, 64): fanIn 144, fanOut 576, mean 360
        yield return new("glorot_uniform", 1 / 360.0, true);
        yield return new("glorot_normal", 1 / 360.0, false);
        yield return new("he_uniform", 2 / 144.0, true);
        yield return new("he_normal", 2 / 144.0, false);
        yield return new("lecun_uniform", 1 / 144.0, true);
        yield return new("lecun_normal", 1 / 144.0, false);
        yield return new("variance_scaling", 1 / 144.0, false);
    }

    [TestCaseSource(nameof(Scaled))]
    public void The_variance_follows_the_fans(string name, double variance, bool isUniform)
    {
        using var scope = torch.NewDisposeScope();
        var values = Numbers(((Initializer)name).Create([3, 3, 16, 64], ScalarType.Float32));

        // 9216 draws: the mean lies within 5 standard errors, the variance within 6 %.
        var deviation = Math.Sqrt(variance);
        values.Average().Should().BeApproximately(0, 5 * deviation / 96);
        values.Average(v => v * v).Should().BeApproximately(variance, 0.06 * variance);
        var limit = isUniform ? Math.Sqrt(3 * variance) : 2 * deviation / 0.87962566103423978;
        values.Max(Math.Abs).Should().BeLessThanOrEqualTo(limit * (1 + 1e-6)).And.BeGreaterThan(0.97 * limit);
    }

    [TestCase(new long[0], 1, 1)]
    [TestCase(new long[] { 7 }, 7, 7)]
    [TestCase(new long[] { 5, 3 }, 5, 3)]
    [TestCase(new long[] { 4, 5, 3 }, 20, 12)]
    [TestCase(new long[] { 3, 2, 5, 8 }, 30, 48)]
    public void The_fans_are_Keras_s(long[] shape, long fanIn, long fanOut) => VarianceScaling.Fans(shape).Should().Be((fanIn, fanOut));

    [Test]
    public void A_truncated_normal_has_the_truncated_distribution()
    {
        using var scope = torch.NewDisposeScope();
        var values = Numbers(new TruncatedNormal(1, 0.5, 3).Create([200_000], ScalarType.Float32));
        values.Min().Should().BeGreaterThanOrEqualTo(0).And.BeLessThan(0.01);
        values.Max().Should().BeLessThanOrEqualTo(2).And.BeGreaterThan(1.99);
        values.Average().Should().BeApproximately(1, 0.005);
        // Of a normal distribution cut at ±2σ: deviation 0.8796 σ, and P(|z| < 1) = 0.6827 / 0.9545.
        Math.Sqrt(values.Average(v => (v - 1) * (v - 1))).Should().BeApproximately(0.8796257 * 0.5, 0.003);
        values.Average(v => Math.Abs(v - 1) < 0.5 ? 1.0 : 0).Should().BeApproximately(0.682689 / 0.954500, 0.005);
    }

    [Test]
    public void Normal_and_uniform_have_their_moments()
    {
        using var scope = torch.NewDisposeScope();
        var normal = Numbers(new RandomNormal(2, 3, 5).Create([100, 1000], ScalarType.Float32));
        normal.Average().Should().BeApproximately(2, 0.05);
        Math.Sqrt(normal.Average(v => (v - 2) * (v - 2))).Should().BeApproximately(3, 0.04);
        normal.Max().Should().BeGreaterThan(2 + (3 * 3.5), "a normal distribution is not cut");

        var uniform = Numbers(new RandomUniform(-1, 3, 5).Create([100, 1000], ScalarType.Float32));
        uniform.Min().Should().BeGreaterThanOrEqualTo(-1).And.BeLessThan(-0.99);
        uniform.Max().Should().BeLessThanOrEqualTo(3).And.BeGreaterThan(2.99);
        uniform.Average().Should().BeApproximately(1, 0.03);
        var untruncated = Numbers(new VarianceScaling(2, "fan_out", "untruncated_normal", 1).Create([10, 10_000], ScalarType.Float32));
        untruncated.Average(v => v * v).Should().BeApproximately(2.0 / 10_000, 0.03 * 2.0 / 10_000);
        untruncated.Max(Math.Abs).Should().BeGreaterThan(3.5 * Math.Sqrt(2.0 / 10_000));
    }

    [TestCase("random_normal")]
    [TestCase("random_uniform")]
    [TestCase("truncated_normal")]
    [TestCase("glorot_uniform")]
    [TestCase("he_normal")]
    [TestCase("orthogonal")]
    public void One_object_repeats_itself_and_two_strings_differ(string name)
    {
        using var scope = torch.NewDisposeScope();
        Initializer one = name, other = name;
        var first = Numbers(one.Create([6, 5], ScalarType.Float32));
        Numbers(one.Create([6, 5], ScalarType.Float32)).Should().Equal(first);
        Numbers(other.Create([6, 5], ScalarType.Float32)).Should().NotEqual(first);
    }

    [Test]
    public void A_seed_gives_the_same_values_and_leaves_torch_s_own_numbers_alone()
    {
        using var scope = torch.NewDisposeScope();
        _ = torch.manual_seed(11);
        var undisturbed = Numbers(torch.rand(4));
        _ = torch.manual_seed(11);
        var first = Numbers(new HeNormal(42).Create([3, 4], ScalarType.Float32));
        Numbers(torch.rand(4)).Should().Equal(undisturbed);
        Numbers(new HeNormal(42).Create([3, 4], ScalarType.Float32)).Should().Equal(first);
        Numbers(new HeNormal(43).Create([3, 4], ScalarType.Float32)).Should().NotEqual(first);
        new HeNormal(42).Seed.Should().Be(42);
    }

    [TestCase(new long[] { 6, 6 }, 1.0)]
    [TestCase(new long[] { 9, 4 }, 1.0)]
    [TestCase(new long[] { 4, 9 }, 2.5)]
    [TestCase(new long[] { 3, 3, 2, 5 }, 1.0)]
    public void Orthogonal_has_orthogonal_columns_or_rows(long[] shape, double gain)
    {
        using var scope = torch.NewDisposeScope();
        var values = new Orthogonal(gain, 8).Create(shape, ScalarType.Float64);
        values.shape.Should().Equal(shape);
        var matrix = values.reshape(-1, shape[^1]);
        var product = matrix.shape[0] >= matrix.shape[1] ? matrix.t().matmul(matrix) : matrix.matmul(matrix.t());
        Close(product, torch.eye(product.shape[0], product.shape[0], ScalarType.Float64).mul(gain * gain), 1e-12, 0);
    }

    [Test]
    public void Orthogonal_matrices_are_evenly_distributed()
    {
        // Without the correction of signs every first column would point to one side (Mezzadri, 2007).
        using var scope = torch.NewDisposeScope();
        var positive = Enumerable.Range(0, 200).Count(seed => Numbers(new Orthogonal(1, seed).Create([3, 3], ScalarType.Float64))[0] > 0);
        positive.Should().BeInRange(70, 130);
    }

    [Test]
    public void Constants_and_identity()
    {
        using var scope = torch.NewDisposeScope();
        Close(((Initializer)"zeros").Create([2], ScalarType.Float32), [0, 0]);
        Close(((Initializer)"ones").Create([2], ScalarType.Float32), [1, 1]);
        Close(new Constant(2.5).Create([2], ScalarType.Float32), [2.5, 2.5]);
        Close(new Constant(new double[] { 1, 2 }).Create([2, 2], ScalarType.Float32), [1, 2, 1, 2]);
        Close(new Identity(3).Create([2, 3], ScalarType.Float32), [3, 0, 0, 0, 3, 0]);
        new Constant().Create([2], ScalarType.Float64).dtype.Should().Be(ScalarType.Float64);
    }

    [TestCase("normal", typeof(RandomNormal))]
    [TestCase("uniform", typeof(RandomUniform))]
    [TestCase("zero", typeof(Zeros))]
    [TestCase("zeros", typeof(Zeros))]
    [TestCase("one", typeof(Ones))]
    [TestCase("ones", typeof(Ones))]
    [TestCase("GlorotUniform", typeof(GlorotUniform))]
    [TestCase("glorot_normal", typeof(GlorotNormal))]
    [TestCase("he_uniform", typeof(HeUniform))]
    [TestCase("lecun_normal", typeof(LecunNormal))]
    [TestCase("constant", typeof(Constant))]
    [TestCase("identity", typeof(Identity))]
    [TestCase("orthogonal", typeof(Orthogonal))]
    [TestCase("truncated_normal", typeof(TruncatedNormal))]
    public void Strings_make_the_class(string name, Type type) => ((Initializer)name).Should().BeOfType(type);

    [Test]
    public void The_defaults_are_Keras_s()
    {
        (new RandomNormal().Mean, new RandomNormal().Stddev).Should().Be((0, 0.05));
        (new RandomUniform().Minval, new RandomUniform().Maxval).Should().Be((-0.05, 0.05));
        (new TruncatedNormal().Mean, new TruncatedNormal().Stddev).Should().Be((0, 0.05));
        var scaling = new VarianceScaling();
        (scaling.Scale, scaling.Mode, scaling.Distribution).Should().Be((1, "fan_in", "truncated_normal"));
    }

    [Test]
    public void Millions_of_values_are_drawn_fast()
    {
        using var scope = torch.NewDisposeScope();
        _ = new HeNormal(1).Create([1000], ScalarType.Float32);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        _ = new HeNormal(1).Create([4096, 4096], ScalarType.Float32);
        // 0.4 s on one core; a loop in C# or Python over 16 million values takes many seconds.
        clock.Elapsed.TotalSeconds.Should().BeLessThan(5);
    }

    [Test]
    public void Wrong_arguments_are_refused_with_the_fix()
    {
        Message(() => new VarianceScaling(0)).Should().Be("VarianceScaling: scale must be a positive number but was 0. Use Zeros() for a weight of zeros.");
        Message(() => new VarianceScaling(1, "fan")).Should().StartWith("Unknown mode of VarianceScaling \"fan\". It must be one of: \"fan_avg\", \"fan_in\", \"fan_out\".");
        Message(() => new VarianceScaling(1, "fan_in", "gauss")).Should().StartWith("Unknown distribution of VarianceScaling \"gauss\".");
        Message(() => new Identity().Create([3], ScalarType.Float32)).Should().StartWith("Identity: shape must be two axes but was (3,).");
        Message(() => new Orthogonal().Create([3], ScalarType.Float32)).Should().StartWith("Orthogonal: shape must be two axes or more but was (3,).");
        Message(() => new Constant(new double[] { 1, 2 }).Create([3], ScalarType.Float32))
            .Should().Be("Constant: value must be a number or an array that stretches to the weight's shape (3,) but was an array of shape (2,). Give an array of the weight's own shape.");
        Message(() => (Initializer)"glorot").Should().StartWith("Unknown initializer \"glorot\".");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
