using DeepKeras.Layers;

namespace DeepKeras.Tests.Conformance;

/// <summary>Every public layer keeps to the same rules, in every configuration that the samples hold.</summary>
public sealed class LayerConformanceTests
{
    [SetUp]
    public void Start()
    {
        Keras.ClearSession();
        Keras.SetRandomSeed(11);
    }

    [TearDown]
    public void Restore() => Keras.FloatType = ScalarType.Float32;

    private static IEnumerable<TestCaseData> All() => LayerSamples.Types.Select(t => new TestCaseData(t).SetArgDisplayNames(t.Name));

    [Test]
    public void Every_layer_has_samples()
    {
        var samples = LayerSamples.Types.ToDictionary(t => t.Name, t => LayerSamples.Of(t).Count, StringComparer.Ordinal);
        TestContext.Out.WriteLine(string.Join(", ", samples.Select(p => $"{p.Key} {p.Value}")));
        samples.Where(p => p.Value == 0).Select(p => p.Key).Should().BeEmpty();
        samples.Count.Should().BeGreaterThanOrEqualTo(40);
        samples.Values.Sum().Should().BeGreaterThanOrEqualTo(200);
    }

    [TestCaseSource(nameof(All))]
    public void Shape_is_as_promised(Type layer) => Check(layer, LayerChecks.Shapes);

    [TestCaseSource(nameof(All))]
    public void Asking_for_the_shape_changes_nothing(Type layer) => Check(layer, LayerChecks.Purity);

    [TestCaseSource(nameof(All))]
    public void A_copy_computes_the_same(Type layer) => Check(layer, LayerChecks.Copies);

    [TestCaseSource(nameof(All))]
    public void Files_bring_back_weights_and_models(Type layer) => Check(layer, LayerChecks.Files);

    [TestCaseSource(nameof(All))]
    public void Gradient_agrees_with_finite_differences(Type layer)
    {
        Keras.FloatType = ScalarType.Float64;
        Check(layer, sample => LayerChecks.Gradient(sample, training: false) ?? LayerChecks.Gradient(sample, training: true));
    }

    [TestCaseSource(nameof(All))]
    public void Same_seed_same_numbers(Type layer) => Check(layer, LayerChecks.Seed);

    [TestCaseSource(nameof(All))]
    public void Nothing_leaks(Type layer) => Check(layer, LayerChecks.Leak, most: 2);

    [TestCaseSource(nameof(All))]
    public void A_frozen_layer_stays_as_it_is(Type layer) => Check(layer, LayerChecks.Freezing);

    [TestCaseSource(nameof(All))]
    public void Bad_input_is_refused_by_name(Type layer) => Check(layer, LayerChecks.BadInput);

    private static void Check(Type layer, Func<LayerSample, string?> check, int most = int.MaxValue)
    {
        var failures = new List<string>();
        foreach (var sample in LayerSamples.Of(layer).Take(most))
        {
            using var scope = torch.NewDisposeScope();
            if (check(sample) is { } failure) failures.Add($"{sample}: {failure}");
        }
        failures.Should().BeEmpty();
    }
}
