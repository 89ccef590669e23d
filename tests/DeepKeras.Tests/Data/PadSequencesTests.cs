using static DeepKeras.Keras;

namespace DeepKeras.Tests.Data;

/// <summary>Expected rows: keras/src/utils/sequence_utils_test.py.</summary>
public sealed class PadSequencesTests
{
    [Test]
    public void Short_sequences_are_filled_and_long_ones_cut()
    {
        using var scope = torch.NewDisposeScope();
        int[][] sequences = [[1], [1, 2], [1, 2, 3]];
        var rows = PadSequences(sequences);
        rows.dtype.Should().Be(ScalarType.Int32);
        Close(rows, Integers([0, 0, 1, 0, 1, 2, 1, 2, 3], 3, 3));
        Close(PadSequences(sequences, padding: "post"), [1, 0, 0, 1, 2, 0, 1, 2, 3]);
        Close(PadSequences(sequences, maxlen: 2), [0, 1, 1, 2, 2, 3]);
        Close(PadSequences(sequences, maxlen: 2, truncating: "post"), [0, 1, 1, 2, 1, 2]);
        Close(PadSequences(sequences, maxlen: 3, value: 1), [1, 1, 1, 1, 1, 2, 1, 2, 3]);
        Close(PadSequences([[1.5f], [], [1, 2]]), Floats([0, 1.5f, 0, 0, 1, 2], 3, 2));
        PadSequences(new List<double[]> { new[] { 0.1 } }).dtype.Should().Be(ScalarType.Float32);
    }

    [Test]
    public void Steps_may_be_vectors()
    {
        using var scope = torch.NewDisposeScope();
        Tensor[] sequences = [Integers([1, 1], 1, 2), Integers([2, 1, 2, 2], 2, 2), torch.zeros(0, ScalarType.Int64), Integers([3, 1, 3, 2, 3, 3], 3, 2)];
        Close(PadSequences(sequences, maxlen: 2), Integers([0, 0, 1, 1, 2, 1, 2, 2, 0, 0, 0, 0, 3, 2, 3, 3], 4, 2, 2));
        Close(PadSequences(sequences, maxlen: 2, padding: "post", truncating: "post", value: 9), Integers([1, 1, 9, 9, 2, 1, 2, 2, 9, 9, 9, 9, 3, 1, 3, 2], 4, 2, 2));
        PadSequences(sequences).shape.Should().Equal(4, 3, 2);
    }

    [Test]
    public void Wrong_use_is_refused_with_the_fix()
    {
        Message(() => PadSequences(Array.Empty<int[]>())).Should().StartWith("There is no data: sequences");
        Message(() => PadSequences([[1]], maxlen: -1)).Should().Be("maxlen must be at least 0 but was -1.");
        Message(() => PadSequences([[1]], padding: "left")).Should().StartWith("Unknown padding \"left\".");
        Message(() => PadSequences([[1]], truncating: "right")).Should().StartWith("Unknown truncating \"right\".");
        Message(() => PadSequences([torch.ones(1, 2), torch.ones(1, 3)])).Should().Be("Sequence 1 has steps of shape (3,) where the others have (2,). Give every step of every sequence the same shape.");
        Message(() => PadSequences([torch.tensor(1f)])).Should().Be("sequences must be tensors with an axis of steps but was a tensor without axes.");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
