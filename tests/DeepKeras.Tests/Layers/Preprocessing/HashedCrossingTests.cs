using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

/// <summary>Expected bins: keras/src/layers/preprocessing/hashed_crossing_test.py.</summary>
public sealed class HashedCrossingTests
{
    private static readonly string[] s_letters = ["A", "B", "A", "B", "A"];
    private static readonly long[] s_numbers = [101, 101, 101, 102, 102];

    [Test]
    public void Texts_and_numbers_are_crossed()
    {
        using var scope = torch.NewDisposeScope();
        var bins = new HashedCrossing(5).Call(s_letters, s_numbers);
        Close(bins, [1, 4, 1, 1, 3]);
        bins.dtype.Should().Be(ScalarType.Int64);
        Close(new HashedCrossing(5, "one_hot").Call(s_letters, torch.tensor(s_numbers)), Floats([0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0], 5, 5));
        Close(new HashedCrossing(10).Call((Strings)"A", torch.tensor(101L)), 1);
    }

    [Test]
    public void A_model_crosses_numbers_as_a_call_does()
    {
        using var scope = torch.NewDisposeScope();
        var (first, second) = (Integers([1, 2], 2, 1), Integers([4, 5], 2, 1));
        var (a, b) = (Input(1, dtype: ScalarType.Int64), Input(1, dtype: ScalarType.Int64));
        var model = new Model([a, b], HashedCrossing(4, "one_hot")(a, b));
        model.Output.Shape.Should().Equal(null, 4);
        Close(model.Predict([first, second]), new HashedCrossing(4, "one_hot").Call(first, second));
        Close(new HashedCrossing(40).Call((int[])[1, 2], (int[])[4, 5]), new HashedCrossing(40).Call((long[])[1, 2], (long[])[4, 5]));
    }

    [Test]
    public void Wrong_use_is_refused_with_the_fix()
    {
        Message(() => new HashedCrossing(0, name: "c")).Should().StartWith("HashedCrossing 'c': numBins must be at least 1 but was 0.");
        Message(() => new HashedCrossing(3, "count", name: "c")).Should().StartWith("HashedCrossing 'c': outputMode must be int, one_hot but was count.");
        Message(() => new HashedCrossing(3, name: "c").Call(s_numbers)).Should().StartWith("HashedCrossing 'c' expects two or more tensors to cross but received 1 tensor.");
        Message(() => new HashedCrossing(3, name: "c").Call(torch.zeros(1, 1, 1), torch.zeros(1, 1, 1))).Should().Be("HashedCrossing 'c' expects inputs of shape (N), (N, 1) or () but received (1, 1, 1). Cross one number or text per sample.");
        Message(() => new HashedCrossing(3, name: "c").Call(s_letters, torch.tensor(1L))).Should().StartWith("HashedCrossing 'c' expects inputs of one shape but received (5,) and ()");
        Message(() => new HashedCrossing(3, name: "c").Call(torch.ones(1), torch.ones(1))).Should().StartWith("HashedCrossing 'c' expects whole numbers or texts but received a tensor of Float32.");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
