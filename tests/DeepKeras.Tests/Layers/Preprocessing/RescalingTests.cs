using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class RescalingTests
{
    [Test]
    public void Bytes_become_numbers_between_minus_one_and_one()
    {
        using var scope = torch.NewDisposeScope();
        var y = new Rescaling(1 / 127.5, offset: -1).Call(Integers([0, 255, 51], 1, 3).to(ScalarType.Byte));
        Close(y, [-1, 1, -0.6]);
        y.dtype.Should().Be(ScalarType.Float32);
    }

    [Test]
    public void Every_channel_may_have_its_own_numbers()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Rescaling([1, 2, 3], offset: [10, 20, 30]);
        Close(layer.Call(torch.ones(1, 2, 3)), [11, 22, 33, 11, 22, 33]);
        Rescaling([1, 2])(Input((null, 2))).Shape.Should().Equal(null, null, 2);
        var copy = (Rescaling)ObjectConfig.Read<Layer>(ObjectConfig.Write(layer));
        copy.Scale.Should().Equal(1, 2, 3);
        copy.Offset.Should().Equal(10, 20, 30);
    }

    [Test]
    public void Arithmetic_on_symbolic_tensors_is_a_rescaling()
    {
        using var scope = torch.NewDisposeScope();
        var x = Input(2);
        var model = new Model(x, (2 * x - 1) / 4 + (-x));
        Close(model.Predict(Floats([1, 3], 1, 2)), [-0.75, -1.75]);
    }

    [Test]
    public void Wrong_use_is_refused_with_the_fix()
    {
        Message(() => new Rescaling(1 / 255, name: "r")).Should().Be("Rescaling 'r': scale must be different from 0 but was 0. Write 1 / 255.0: in C# the whole numbers 1 / 255 give 0.");
        Message(() => new Rescaling([1, 2], name: "r").Apply(Input(3))).Should().Be("Rescaling 'r' expects an input to which scale [1, 2] fits but received (None, 3). Give one number, or one for each channel.");
        Message(() => new Rescaling(1, offset: [1, 2], name: "r").Apply(Input(3))).Should().StartWith("Rescaling 'r' expects an input to which offset [1, 2] fits");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
