using System.Runtime.CompilerServices;

namespace DeepKeras.Tests.Operations;

/// <summary>Every operation against Keras's own numbers (ops_keras.json, made by the script beside it).</summary>
public sealed class OpsCaseTests
{
    private static IEnumerable<TestCaseData> Cases() => JsonFixture.Cases("Operations/ops_keras.json", "name");

    [Test]
    public void Every_operation_of_the_fixture_is_looked_at() => Cases().Should().HaveCount(89);

    [TestCaseSource(nameof(Cases))]
    public void The_result_is_Keras_s(JsonElement @case)
    {
        using var scope = torch.NewDisposeScope();
        var outputs = @case.GetProperty("outputs").EnumerateArray().ToList();
        var name = @case.GetProperty("name").GetString()!;
        var results = Call(name, @case.GetProperty("inputs"));
        // Keras goes down to float32 where it looks for a common type of its arguments.
        var tolerance = name is "dot_product_attention" or "normalize" or "ctc_loss" ? 1e-6 : 1e-9;
        results.Should().HaveCount(outputs.Count);
        foreach (var (result, output) in results.Zip(outputs)) Close(result, JsonFixture.Doubles(output), tolerance, tolerance);
    }

    private static Tensor[] Call(string name, JsonElement inputs)
    {
        return name switch
        {
            "conv" => [Ops.Conv(Input("inputs"), Input("kernel"), Extents("strides"), Word("padding"), Word("data_format"), Extents("dilation_rate"))],
            "depthwise_conv" => [Ops.DepthwiseConv(Input("inputs"), Input("kernel"), Extents("strides"), Word("padding"), Word("data_format"), Extents("dilation_rate"))],
            "separable_conv" => [Ops.SeparableConv(Input("inputs"), Input("depthwise_kernel"), Input("pointwise_kernel"), Extents("strides"), Word("padding"), Word("data_format"), Extents("dilation_rate"))],
            "conv_transpose" => [Ops.ConvTranspose(Input("inputs"), Input("kernel"), Extents("strides"), Word("padding"), Extents("output_padding"), Has("data_format") ? Word("data_format") : "channels_last", Extents("dilation_rate"))],
            "dot_product_attention" => [Ops.DotProductAttention(Input("query"), Input("key"), Input("value"), Has("bias") ? Input("bias") : null, Has("mask") ? Input("mask") : null, Number("scale"), Has("is_causal"))],
            "moments" => Several(Ops.Moments(Input("x"), Axes("axes")!, Has("keepdims"))),
            "normalize" => [Ops.Normalize(Input("x"), Axes("axis"), (int?)Number("order") ?? 2, Number("epsilon"))],
            "psnr" => [Ops.Psnr(Input("x1"), Input("x2"), Number("max_val")!.Value)],
            "ctc_loss" => [Ops.CtcLoss(Input("target"), Input("output"), Input("target_length"), Input("output_length"), (int?)Number("mask_index") ?? 0)],
            _ => throw new InvalidOperationException($"No operation {name}."),
        };

        bool Has(string input) => inputs.TryGetProperty(input, out _);
        string Word(string input) => inputs.GetProperty(input).GetString()!;
        double? Number(string input) => inputs.TryGetProperty(input, out var value) ? value.GetDouble() : null;
        Shape? Extents(string input) => !inputs.TryGetProperty(input, out var value) ? null
            : value.ValueKind == JsonValueKind.Number ? value.GetInt64()
            : JsonFixture.Extents(value);
        Axes? Axes(string input) => inputs.GetProperty(input) switch
        {
            { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.Number } axis => axis.GetInt32(),
            var axes => new Axes([.. JsonFixture.Extents(axes).Select(a => (int)a)]),
        };
        Tensor Input(string input)
        {
            var json = inputs.GetProperty(input);
            var values = JsonFixture.Doubles(json);
            return json.GetProperty("dtype").GetString() switch
            {
                "bool" => values.to_type(ScalarType.Bool),
                "int64" => values.to_type(ScalarType.Int64),
                _ => values,
            };
        }
    }

    private static Tensor[] Several(ITuple results) => [.. Enumerable.Range(0, results.Length).Select(i => (Tensor)results[i]!)];
}
