using DeepKeras.Layers;

namespace DeepKeras.Tests.Conformance;

/// <summary>The checks find what they look for, and find nothing in a sound layer.</summary>
public sealed class PlantedViolationTests
{
    [TearDown]
    public void Restore() => Keras.FloatType = ScalarType.Float32;

    private static readonly Dictionary<string, Func<LayerSample, string?>> s_checks = new(StringComparer.Ordinal)
    {
        ["shape"] = LayerChecks.Shapes,
        ["dtype"] = LayerChecks.Shapes,
        ["impure"] = LayerChecks.Purity,
        ["gradient"] = InFloat64,
        ["noise"] = LayerChecks.Seed,
        ["leak"] = LayerChecks.Leak,
        ["frozen"] = LayerChecks.Freezing,
        ["nameless"] = LayerChecks.BadInput,
        ["crash"] = LayerChecks.BadInput,
    };

    private static IEnumerable<string> Faults() => s_checks.Keys;

    [TestCaseSource(nameof(Faults))]
    public void A_planted_fault_is_found(string fault) => s_checks[fault](Planted(fault)).Should().NotBeNull();

    [TestCaseSource(nameof(Faults))]
    public void A_sound_layer_passes(string fault) => s_checks[fault](Planted("none")).Should().BeNull();

    [Test]
    public void A_copy_that_computes_something_else_is_found()
    {
        LayerChecks.Copies(Planted("none"), l => (Layer)SampleArguments.Copy(l)).Should().BeNull();
        LayerChecks.Copies(Planted("noise"), l => (Layer)SampleArguments.Copy(l)).Should().StartWith("the copy computes something else");
    }

    private static string? InFloat64(LayerSample sample)
    {
        Keras.FloatType = ScalarType.Float64;
        return LayerChecks.Gradient(sample, training: false);
    }

    private static LayerSample Planted(string fault) => new($"planted {fault}", () => new PlantedLayer(fault), [(3, 4)]);
}
