using System.Globalization;
using System.Text.Json.Nodes;
using DeepKeras.Conformance.Kinds;
using DeepKeras.Layers;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Golden;

/// <summary>One case of Golden/keras_agreement: a layer from Keras's own config, with Keras's weights, on the same inputs.</summary>
/// <param name="json">The case as <c>make_layers.py</c> wrote it.</param>
/// <param name="type">What is computed in: float64 or float32.</param>
internal sealed class AgreementCase(JsonElement json, ScalarType type)
{
    private readonly List<string> _failures = [];

    /// <summary>Class, input shapes and options.</summary>
    public string Id { get; } = json.GetProperty("id").GetString()!;

    /// <summary>The largest difference of an output, as a share of max(1, largest expected).</summary>
    public double WorstOutput { get; private set; }

    /// <summary>The largest difference of a gradient, likewise.</summary>
    public double WorstGradient { get; private set; }

    /// <summary>Whether Keras computes it in float32, whatever it is told, and so can be held to no more.</summary>
    public bool IsNarrow => Member("narrow") is not null;

    /// <summary>Computes the case.</summary>
    /// <param name="tolerance">How far an output may be off, as a share of max(1, largest expected).</param>
    /// <param name="gradientTolerance">How far a gradient may be off.</param>
    /// <returns>Everything that differs, in words.</returns>
    public IReadOnlyList<string> Failures(double tolerance, double gradientTolerance)
    {
        var layer = ReadLayer();
        List<Tensor> inputs = [.. json.GetProperty("inputs").EnumerateArray().Select(Read)];
        Shape[] shapes = [.. inputs.Select(Shape.Of)];
        layer.EnsureBuilt(shapes);
        if (Member("weights") is { } weights) layer.SetWeights([.. weights.EnumerateArray().Select(Read)]);
        var called = Member("call") is { } call ? call.EnumerateObject().Select(a => layer.Variant(a.Name)).OfType<Layer>().FirstOrDefault(layer) : layer;
        var isTraining = Member("training") is not null;
        for (var before = Member("calls")?.GetInt32() ?? 1; before > 1; before--)
        {
            using var still = torch.no_grad();
            _ = LayerCases.Run(called, inputs, isTraining, Masks());
        }

        foreach (var input in inputs.Where(i => i.dtype == type)) input.requires_grad = true;
        foreach (var weight in layer.Weights) weight.Native.grad = null;
        var (outputs, broken) = LayerCases.Run(called, inputs, isTraining, Masks());
        if (broken is not null) _failures.Add(broken);
        var expected = json.GetProperty("outputs").EnumerateArray().ToList();
        if (outputs.Count != expected.Count) _failures.Add($"{outputs.Count} outputs instead of {expected.Count}");
        for (var i = 0; i < Math.Min(outputs.Count, expected.Count); i++) WorstOutput = Math.Max(WorstOutput, Compare($"output {i}", outputs[i], expected[i], tolerance));
        if (Member("output_mask") is { } mask) Compare("mask", OutputMask(called, inputs), mask, 0);
        if (Member("weights_after") is { } after)
        {
            foreach (var (weight, value) in layer.Weights.Zip(after.EnumerateArray())) WorstOutput = Math.Max(WorstOutput, Compare($"{weight.Name} after the call", weight.ToTensor(), value, tolerance));
        }
        if (Member("weight_gradients") is { } trained) CompareGradients(outputs, inputs, layer, trained, gradientTolerance);
        return _failures;
    }

    private Layer ReadLayer()
    {
        var text = json.GetProperty("layer").GetRawText();
        if (type == ScalarType.Float32) text = text.Replace("\"float64\"", "\"float32\"", StringComparison.Ordinal);
        var node = JsonNode.Parse(text)!;
        if (Member("call") is { } call)
        {
            var members = ConfigClass.Of(Catalog<Layer>.Find("layer", (string)node["class_name"]!)).Members;
            foreach (var argument in call.EnumerateObject().Where(a => members.Any(m => m.IsCallArgument && m.Key == a.Name))) node["config"]![argument.Name] = JsonNode.Parse(argument.Value.GetRawText());
        }
        return ObjectConfig.Read<Layer>(node);
    }

    private void CompareGradients(IReadOnlyList<Tensor> outputs, List<Tensor> inputs, Layer layer, JsonElement trained, double tolerance)
    {
        var sum = torch.zeros([], type);
        for (var i = 0; i < outputs.Count; i++)
        {
            if (outputs[i].dtype == type) sum = sum.add(outputs[i].reshape(-1).mul(Coefficients(outputs[i].numel(), i)).sum());
        }
        sum.backward();
        foreach (var (input, gradient, i) in inputs.Zip(json.GetProperty("input_gradients").EnumerateArray()).Select((p, i) => (p.First, p.Second, i)))
        {
            CompareGradient($"gradient of input {i}", input.grad, input, gradient, tolerance);
        }
        var weights = layer.TrainableWeights;
        if (weights.Count != trained.GetArrayLength()) _failures.Add($"{weights.Count} trainable weights instead of {trained.GetArrayLength()}");
        foreach (var (weight, gradient) in weights.Zip(trained.EnumerateArray()))
        {
            CompareGradient($"gradient of {weight.Name}", weight.Native.grad is { } found ? weight.ToSurface(found) : null, weight.ToTensor(), gradient, tolerance);
        }
    }

    // No gradient, here or there, is a gradient of zeros.
    private void CompareGradient(string what, Tensor? found, Tensor like, JsonElement expected, double tolerance)
    {
        if (expected.ValueKind != JsonValueKind.Null) WorstGradient = Math.Max(WorstGradient, Compare(what, found ?? torch.zeros_like(like), expected, tolerance));
        else if (found is not null && Numbers(found).Any(n => n != 0)) _failures.Add($"{what}: there is none in Keras");
    }

    private double Compare(string what, Tensor actual, JsonElement expected, double tolerance)
    {
        var isFloat = !expected.TryGetProperty("dtype", out _);
        if (isFloat && actual.dtype != type) _failures.Add($"{what} is {actual.dtype} instead of {type}");
        var extents = JsonFixture.Extents(expected.GetProperty("shape"));
        if (!actual.shape.SequenceEqual(extents))
        {
            _failures.Add($"{what} has shape {Shape.Of(actual)} instead of {new Shape(extents)}");
            return double.PositiveInfinity;
        }
        var (found, wanted) = (Numbers(actual), JsonFixture.Numbers(expected.GetProperty("data")));
        var scale = Math.Max(1, wanted.Select(Math.Abs).DefaultIfEmpty().Max());
        var (worst, place) = found.Zip(wanted).Select((p, i) => (Math.Abs(p.First - p.Second) / scale, i)).DefaultIfEmpty().MaxBy(d => double.IsNaN(d.Item1) ? double.PositiveInfinity : d.Item1);
        if (worst <= (isFloat ? tolerance : 0)) return worst;
        _failures.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: number {place} of {found.Length} is {found[place]:G17} instead of {wanted[place]:G17}"));
        return worst;
    }

    private Tensor OutputMask(Layer layer, List<Tensor> inputs)
    {
        var masks = Masks() ?? new Tensor?[inputs.Count];
        return layer is IMaskProducer producer ? producer.ComputeMask(inputs, masks) : masks[0]!;
    }

    private Tensor?[]? Masks() => Member("masks") is { } masks ? [.. masks.EnumerateArray().Select(m => m.ValueKind == JsonValueKind.Null ? null : Read(m))] : null;

    /// <summary>What the outputs are multiplied with before they are summed: the numbers of layer_cases.py.</summary>
    private Tensor Coefficients(long count, int output) =>
        torch.tensor(Enumerable.Range(0, (int)count).Select(k => ((((long)k * 37) + (output * 11)) % 101 / 50.0) - 1).ToArray(), [count]).to_type(type);

    private Tensor Read(JsonElement tensor)
    {
        var values = JsonFixture.Doubles(tensor);
        return values.to_type(!tensor.TryGetProperty("dtype", out var kind) ? type : kind.GetString() == "bool" ? ScalarType.Bool : ScalarType.Int64);
    }

    private JsonElement? Member(string name) => json.TryGetProperty(name, out var value) ? value : null;
}
