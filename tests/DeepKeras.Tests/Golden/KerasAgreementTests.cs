using System.Globalization;
using System.Text.Json.Nodes;
using DeepKeras.Layers;
using DeepKeras.Tests.Conformance;

namespace DeepKeras.Tests.Golden;

/// <summary>Every layer with every option that changes numbers, held against Keras's own outputs and gradients (Golden/keras_agreement/make_layers.py).</summary>
public sealed class KerasAgreementTests
{
    private const string Folder = "keras_agreement";
    private const double Wide = 1e-10;
    private const double Narrow = 1e-5;

    // Sums of float32 products are made in another order, and gradients are sums of sums.
    private const double NarrowGradient = 1e-4;

    /// <summary>Layers that have no case, and why.</summary>
    private static readonly Dictionary<string, string> s_without = new(StringComparer.Ordinal)
    {
        ["Hashing"] = "Keras needs TensorFlow for it; its numbers are in Layers/Preprocessing",
        ["HashedCrossing"] = "Keras needs TensorFlow for it; its numbers are in Layers/Preprocessing",
        ["IntegerLookup"] = "Keras needs TensorFlow for it; its numbers are in Layers/Preprocessing",
        ["StringLookup"] = "Keras needs TensorFlow for it; its numbers are in Layers/Preprocessing",
        ["TextVectorization"] = "Keras needs TensorFlow for it; its numbers are in Layers/Preprocessing",
        ["InputLayer"] = "computes nothing",
        ["Lambda"] = "its function is code, which no config holds",
    };

    private static IEnumerable<string> Families => Directory.GetFiles(GoldenFile.Path(Folder), "*.json")
        .Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => n != "keras_layers").Order(StringComparer.Ordinal);

    [SetUp]
    public void Start()
    {
        Keras.ClearSession();
        Keras.SetRandomSeed(5);
    }

    [TearDown]
    public void Restore() => Keras.FloatType = ScalarType.Float32;

    [TestCaseSource(nameof(Families))]
    public void Float64_agrees_with_Keras(string family) => Check(family, ScalarType.Float64, Wide, Wide);

    [TestCaseSource(nameof(Families))]
    public void Float32_agrees_with_Keras(string family) => Check(family, ScalarType.Float32, Narrow, NarrowGradient);

    [Test]
    public void Every_layer_of_Keras_has_a_case()
    {
        using var document = JsonDocument.Parse(GoldenFile.Text(Folder + "/keras_layers.json"));
        var known = document.RootElement.EnumerateArray().Select(e => e.GetString()!).ToHashSet(StringComparer.Ordinal);
        var counts = Families.SelectMany(Cases).GroupBy(c => c.GetProperty("layer").GetProperty("class_name").GetString()!).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var shared = Classes.Of<Layer>().Select(t => t.Name).Where(known.Contains).ToList();
        TestContext.Out.WriteLine(string.Join(", ", shared.Select(n => $"{n} {counts.GetValueOrDefault(n)}")));

        shared.Count.Should().BeGreaterThanOrEqualTo(135);
        counts.Values.Sum().Should().BeGreaterThanOrEqualTo(720);
        Families.SelectMany(Cases).Count(c => c.TryGetProperty("input_gradients", out _)).Should().BeGreaterThanOrEqualTo(630);
        shared.Where(n => !counts.ContainsKey(n) && !s_without.ContainsKey(n)).Should().BeEmpty();
        s_without.Keys.Where(n => counts.ContainsKey(n) || !shared.Contains(n)).Should().BeEmpty("a reason must not outlive what it excuses");
    }

    [TestCase("outputs")]
    [TestCase("input_gradients")]
    [TestCase("weight_gradients")]
    [TestCase("weights_after")]
    [TestCase("output_mask")]
    public void A_planted_difference_is_seen(string member)
    {
        Keras.FloatType = ScalarType.Float64;
        using var scope = torch.NewDisposeScope();
        var text = Families.SelectMany(Cases).Select(c => c.GetRawText()).First(c => Numbers(JsonNode.Parse(c)!) is not null);
        FailuresOf(text).Should().BeEmpty();

        var planted = JsonNode.Parse(text)!;
        var numbers = Numbers(planted)!;
        numbers[0] = member == "output_mask" ? 1 - (int)numbers[0]! : (double)numbers[0]! + 1e-8;
        FailuresOf(planted.ToJsonString()).Should().ContainSingle();

        JsonNode? Numbers(JsonNode @case) => (@case[member] is JsonArray several ? several.FirstOrDefault() : @case[member])?["data"];

        static IReadOnlyList<string> FailuresOf(string json)
        {
            using var document = JsonDocument.Parse(json);
            return new AgreementCase(document.RootElement.Clone(), ScalarType.Float64).Failures(Wide, Wide);
        }
    }

    private static void Check(string family, ScalarType type, double tolerance, double gradientTolerance)
    {
        Keras.FloatType = type;
        var failures = new List<string>();
        var (cases, output, gradient) = (0, 0.0, 0.0);
        foreach (var json in Cases(family))
        {
            using var scope = torch.NewDisposeScope();
            var @case = new AgreementCase(json, type);
            failures.AddRange(Failures(@case, tolerance, gradientTolerance).Select(f => $"{@case.Id}: {f}"));
            output = Math.Max(output, @case.WorstOutput);
            gradient = Math.Max(gradient, @case.WorstGradient);
            cases++;
        }
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{family}, {type}: {cases} cases, outputs to {output:E1}, gradients to {gradient:E1}"));
        cases.Should().BePositive();
        failures.Should().BeEmpty();
    }

    private static IReadOnlyList<string> Failures(AgreementCase @case, double tolerance, double gradientTolerance)
    {
        try
        {
            return @case.IsNarrow ? @case.Failures(Narrow, NarrowGradient) : @case.Failures(tolerance, gradientTolerance);
        }
#pragma warning disable CA1031 // Whatever a layer throws is this case's failure; the others are still to be seen.
        catch (Exception failure)
        {
            return [$"{failure.GetType().Name}: {failure.Message}"];
        }
#pragma warning restore CA1031
    }

    private static IEnumerable<JsonElement> Cases(string family)
    {
        using var document = JsonDocument.Parse(GoldenFile.Text($"{Folder}/{family}.json"));
        foreach (var element in document.RootElement.EnumerateArray()) yield return element.Clone();
    }
}
