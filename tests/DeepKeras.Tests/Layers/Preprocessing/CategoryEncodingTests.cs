using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

/// <summary>Expected vectors: keras/src/layers/preprocessing/category_encoding_test.py, or counted by hand.</summary>
public sealed class CategoryEncodingTests
{
    [Test]
    public void Samples_are_counted_and_marked()
    {
        using var scope = torch.NewDisposeScope();
        var x = Integers([1, 2, 3, 1, 0, 3, 1, 0], 2, 4);
        Close(new CategoryEncoding(6, "count").Call(x), Floats([0, 2, 1, 1, 0, 0, 2, 1, 0, 1, 0, 0], 2, 6));
        Close(new CategoryEncoding(6).Call(x), Floats([0, 1, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0], 2, 6));
        Close(new CategoryEncoding(4, "count").Call(x[0]), [0, 2, 1, 1]);
        Close(new CategoryEncoding(4, "one_hot").Call(Integers([3, 2, 0, 1], 4, 1)), Floats([0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0], 4, 4));
        Close(new CategoryEncoding(3, "one_hot").Call(torch.tensor(1L)), [0, 1, 0]);
    }

    [Test]
    public void Axes_behind_the_samples_stay()
    {
        using var scope = torch.NewDisposeScope();
        // sample 0: columns (0, 1), (1, 1); sample 1: columns (2, 0), (0, 0)
        var x = Integers([0, 1, 1, 1, 2, 0, 0, 0], 2, 2, 2);
        Close(new CategoryEncoding(3, "count").Call(x), Floats([1, 1, 0, 0, 2, 0, 1, 0, 1, 2, 0, 0], 2, 2, 3));
        CategoryEncoding(3)(Input((2, 5))).Shape.Should().Equal(null, 5, 3);
    }

    [Test]
    public void A_second_input_weighs_the_counts()
    {
        using var scope = torch.NewDisposeScope();
        var (ids, weights) = (Input(2, dtype: ScalarType.Int64), Input(2));
        var model = new Model([ids, weights], CategoryEncoding(4, "count")(ids, weights));
        Close(model.Predict([Integers([0, 1, 0, 0], 2, 2), Floats([0.1f, 0.2f, 0.1f, 0.1f], 2, 2)]), Floats([0.1f, 0.2f, 0, 0, 0.2f, 0, 0, 0], 2, 4));
    }

    [Test]
    public void Wrong_use_is_refused_with_the_fix()
    {
        Message(() => new CategoryEncoding(0, name: "e")).Should().Be("CategoryEncoding 'e': numTokens must be at least 1 but was 0. Where the number is not known, use an IntegerLookup.");
        Message(() => new CategoryEncoding(3, "int", name: "e")).Should().StartWith("CategoryEncoding 'e': outputMode must be one_hot, multi_hot, count but was int.");
        Message(() => new CategoryEncoding(3, name: "e").Call(Integers([0, 3], 1, 2))).Should().Be("CategoryEncoding 'e' expects category numbers from 0 to 2 but received 3. Raise numTokens, or map the categories to such numbers with an IntegerLookup.");
        Message(() => new CategoryEncoding(3, name: "e").Call(Integers([0, -1], 1, 2))).Should().Contain("but received -1");
        Message(() => new CategoryEncoding(3, name: "e").Call([Integers([0], 1, 1), torch.ones(1, 1)])).Should().StartWith("CategoryEncoding 'e' expects no weights with outputMode multi_hot but received two tensors.");
        Message(() => new CategoryEncoding(3, "count", name: "e").Call([Integers([0], 1, 1), torch.ones(1, 2)])).Should().StartWith("CategoryEncoding 'e' expects weights of shape (1, 1) but received (1, 2).");
        Message(() => new CategoryEncoding(3, "count", name: "e").Call([Integers([0], 1, 1), torch.ones(1, 1), torch.ones(1, 1)])).Should().StartWith("CategoryEncoding 'e' expects one tensor of categories, or that and their weights but received 3 tensors.");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
