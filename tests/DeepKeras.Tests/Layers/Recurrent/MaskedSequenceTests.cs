using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers.Recurrent;

/// <summary>Layers on whole, left-padded, right-padded and empty sequences against Keras 3.5 (Golden/keras_recurrent/make_recurrent_files.py).</summary>
public sealed class MaskedSequenceTests
{
    private static readonly JsonElement s_golden = JsonDocument.Parse(GoldenFile.Text("keras_recurrent/masked.json")).RootElement;

    [SetUp]
    public void Start() => Keras.ClearSession();

    private static IEnumerable<TestCaseData> All() => s_golden.GetProperty("cases").EnumerateArray()
        .Select(c => new TestCaseData(c).SetArgDisplayNames($"{c.GetProperty("kind")} {c.GetProperty("options")}"));

    /// <summary>With gradients a GRU goes step by step; without them torch runs the whole sequence.</summary>
    [TestCaseSource(nameof(All))]
    public void A_mask_does_what_it_does_in_Keras(JsonElement @case)
    {
        Check(@case);
        using var gradients = torch.no_grad();
        Check(@case);
    }

    private static void Check(JsonElement @case)
    {
        var x = JsonFixture.Doubles(s_golden.GetProperty("x")).to_type(ScalarType.Float32);
        bool[][] rows = [.. s_golden.GetProperty("mask").EnumerateArray().Select(r => r.EnumerateArray().Select(b => b.GetBoolean()).ToArray())];
        var mask = torch.tensor(rows.SelectMany(r => r).ToArray(), [rows.Length, rows[0].Length]);
        var layer = Create(@case.GetProperty("kind").GetString()!, @case.GetProperty("options"));
        layer.EnsureBuilt([Shape.Of(x)]);
        layer.SetWeights([.. @case.GetProperty("weights").EnumerateArray().Select(w => JsonFixture.Doubles(w))]);
        var outputs = ((IMaskConsumer)layer).Forward([x], [mask], training: false);
        var expected = @case.GetProperty("outputs").EnumerateArray().Select(JsonFixture.Doubles).ToList();
        outputs.Should().HaveCount(expected.Count);
        for (var i = 0; i < expected.Count; i++) Close(outputs[i], expected[i], 2e-6);
    }

    private static Layer Create(string kind, JsonElement options)
    {
        var all = Flag("return_sequences");
        var (state, back, zero) = (Flag("return_state"), Flag("go_backwards"), Flag("zero_output_for_mask"));
        return kind switch
        {
            "LSTM" => new LSTM(3, returnSequences: all, returnState: state, goBackwards: back, zeroOutputForMask: zero),
            "GRU" => new GRU(3, returnSequences: all, returnState: state, goBackwards: back, zeroOutputForMask: zero),
            "GRU_before" => new GRU(3, resetAfter: false, returnSequences: all, returnState: state, goBackwards: back, zeroOutputForMask: zero),
            "SimpleRNN" => new SimpleRNN(3, returnSequences: all, returnState: state, goBackwards: back, zeroOutputForMask: zero),
            "Stack" => new RNN(new StackedRNNCells([new LSTMCell(3), new GRUCell(2)]), returnSequences: true),
            _ => new Bidirectional(all ? new LSTM(3, returnSequences: true) : new GRU(3), options.GetProperty("merge_mode").GetString()),
        };

        bool Flag(string name) => options.TryGetProperty(name, out var value) && value.GetBoolean();
    }
}
