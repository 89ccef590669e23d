using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

/// <summary>Expected bins: keras/src/layers/preprocessing/hashing_test.py.</summary>
public sealed class HashingTests
{
    private static readonly string[,] s_people = { { "omar" }, { "stringer" }, { "marlo" }, { "wire" }, { "skywalker" } };

    [Test]
    public void Texts_go_to_the_bins_of_FarmHash()
    {
        using var scope = torch.NewDisposeScope();
        Close(new Hashing(3).Call(["A", "B", "C", "D", "E"]), [1, 0, 1, 1, 2]);
        Close(new Hashing(2).Call(s_people), Integers([0, 0, 1, 0, 0], 5, 1));
        Close(new Hashing(1).Call(["A", "B"]), [0, 0]);
        new Hashing(3).Call("A").shape.Should().BeEmpty();
    }

    [Test]
    public void A_salt_takes_SipHash()
    {
        using var scope = torch.NewDisposeScope();
        Close(new Hashing(3, salt: (133, 137)).Call(["A", "B", "C", "D", "E"]), [1, 2, 1, 0, 2]);
        Close(new Hashing(3, salt: 133).Call(["A", "B", "C", "D", "E"]), [0, 0, 2, 1, 0]);
        Close(new Hashing(2, salt: (133, 137)).Call(s_people), [0, 1, 0, 1, 0]);
        Close(new Hashing(2, salt: (211, 137)).Call(s_people), [1, 0, 1, 0, 1]);
        Close(new Hashing(3, salt: (133, 137)).Call(Integers([0, 1, 2, 3, 4], 5, 1)), [1, 1, 2, 0, 1]);
    }

    [Test]
    public void Numbers_count_as_their_digits()
    {
        using var scope = torch.NewDisposeScope();
        var bins = new Hashing(3).Call(Integers([0, 1, 2, 3, 4], 5, 1));
        Close(bins, Integers([1, 0, 1, 0, 2], 5, 1));
        bins.dtype.Should().Be(ScalarType.Int64);
        Close(new Hashing(3).Call(Floats([0.9f, 1, 2.5f, 3, 4], 5)), [1, 0, 1, 0, 2]);
        Close(new Hashing(2).Call(Integers([1, 2, 2, 3, 3, 4], 3, 2, 1)), Integers([1, 1, 1, 1, 1, 1], 3, 2, 1));
    }

    [Test]
    public void The_mask_has_bin_0_for_itself()
    {
        using var scope = torch.NewDisposeScope();
        Close(new Hashing(3, maskValue: "").Call(["A", "B", "", "C", "D"]), [1, 1, 0, 2, 2]);
        Close(new Hashing(3, maskValue: "omar").Call(s_people), [0, 1, 2, 1, 1]);
        // four bins less the mask's are the three of test_hash_dense_int_input_farmhash, each one up
        Close(new Hashing(4, maskValue: 3).Call(Integers([0, 1, 2, 3, 4], 5)), [2, 1, 2, 0, 3]);
    }

    [Test]
    public void Bins_become_vectors()
    {
        using var scope = torch.NewDisposeScope();
        var x = Integers([0, 1, 2, 3, 4], 1, 5);
        Close(new Hashing(3, outputMode: "one_hot").Call(x.reshape(5, 1)), Floats([0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1], 5, 3));
        Close(new Hashing(3, outputMode: "multi_hot").Call(x), Floats([1, 1, 1], 1, 3));
        Close(new Hashing(3, outputMode: "count").Call(x), Floats([2, 2, 1], 1, 3));
        Close(new Hashing(3, outputMode: "count").Call(x[0]), [2, 2, 1]);
        Close(new Hashing(3, outputMode: "count").Call(["A", "B", "C", "D", "E"]), [1, 3, 1]);
    }

    [Test]
    public void A_model_takes_numbers()
    {
        using var scope = torch.NewDisposeScope();
        var id = Input(1, dtype: ScalarType.Int64);
        var bins = Hashing(3)(id);
        bins.Dtype.Should().Be(ScalarType.Int64);
        Close(new Model(id, bins).Predict(Integers([0, 1, 2, 3, 4], 5, 1)), [1, 0, 1, 0, 2]);
    }

    [Test]
    public void Salt_and_mask_survive_JSON()
    {
        foreach (var mask in (HashMask[])["", "[MASK]", -1, long.MaxValue])
        {
            var json = ObjectConfig.Write(new Hashing(5, maskValue: mask, salt: (133, long.MinValue), name: "h"));
            json["config"]!["dtype"]!.GetValue<string>().Should().Be("int64", "Keras refuses another type in this mode");
            var copy = (Hashing)ObjectConfig.Read<Layer>(System.Text.Json.Nodes.JsonNode.Parse(json.ToJsonString())!);
            copy.MaskValue.Should().Be(mask);
            copy.Salt.Should().Be(new HashSalt(133, long.MinValue));
        }
        ObjectConfig.Write(new Hashing(5, maskValue: 7))["config"]!["mask_value"]!.ToJsonString().Should().Be("7");
        HashMask text = "x";
        (text.Number, text.Text, text.ToString()).Should().Be((null, "x", "x"));
        new HashSalt(1, 2).ToString().Should().Be("(1, 2)");
    }

    [Test]
    public void Wrong_use_is_refused_with_the_fix()
    {
        Message(() => new Hashing(0, name: "h")).Should().Be("Hashing 'h': numBins must be at least 1 but was 0. Take more bins than there are categories, so that few of them meet.");
        Message(() => new Hashing(3, outputMode: "tf_idf", name: "h")).Should().Be("Hashing 'h': outputMode must be int, one_hot, multi_hot, count but was tf_idf. Choose one of these.");
        Message(() => new Hashing(3, outputMode: "onehot")).Should().StartWith("Unknown outputMode \"onehot\". The nearest names are \"one_hot\"");
        Message(() => new Hashing(3, salt: new long[] { 1, 2, 3 })).Should().Be("salt must be one whole number, or two but was 3 numbers.");
        Message(() => new Hashing(3, maskValue: "", name: "h").Call(Integers([1], 1))).Should().Be("Hashing 'h' expects texts, as its maskValue is, but received numbers. Give a maskValue of the kind of the data, or convert the data to texts.");
        Message(() => new Hashing(3, maskValue: 0, name: "h").Call(["a"])).Should().StartWith("Hashing 'h' expects numbers, as its maskValue is, but received texts.");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
