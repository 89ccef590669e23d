using DeepKeras.Activations;
using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class ActivationLayersTests
{
    [Test]
    public void Activation_takes_a_name_or_a_function()
    {
        using var scope = torch.NewDisposeScope();
        var x = Vector(-1, 2).reshape(1, 2);
        Close(new Activation("relu").Call(x), [0, 2]);
        Close(new Activation((Func<Tensor, Tensor>)(t => t.mul(3))).Call(x), [-3, 6]);
        Close(new Activation(ActivationFunction.Create("relu1", t => ActivationFunctions.Relu(t, maxValue: 1))).Call(x), [0, 1]);
        Activation("tanh", name: "a")(Input((3, 4))).Shape.Should().Equal(null, 3, 4);
        new Activation("tanh").Function.Name.Should().Be("tanh");
    }

    [Test]
    public void Glu_halves_the_last_axis()
    {
        Activation("glu")(Input((3, 4))).Shape.Should().Equal(null, 3, 2);
        FluentActions.Invoking(() => Activation("glu", name: "a")(Input(3))).Should().Throw<KerasException>()
            .WithMessage("Activation 'a' expects an even last axis for glu but received (None, 3). Give glu twice as many features as are wanted behind it.");
    }

    [Test]
    public void The_defaults_are_Keras_s()
    {
        new LeakyReLU().NegativeSlope.Should().Be(0.3);
        new ELU().Alpha.Should().Be(1);
        new Softmax().Axis.Should().Equal(-1);
        var relu = new ReLU();
        (relu.MaxValue, relu.NegativeSlope, relu.Threshold).Should().Be((null, 0, 0));
        using var scope = torch.NewDisposeScope();
        var prelu = new PReLU();
        Close(prelu.Call(Vector(-1, 2).reshape(1, 2)), [0, 2]);
    }

    [Test]
    public void Names_count_as_in_Keras()
    {
        ClearSession();
        new ReLU().Name.Should().Be("re_lu");
        new PReLU().Name.Should().Be("p_re_lu");
        new LeakyReLU().Name.Should().Be("leaky_re_lu");
        new BatchNormalization().Name.Should().Be("batch_normalization");
        new ReLU().Name.Should().Be("re_lu_1");
    }

    [Test]
    public void The_slopes_of_prelu_have_the_sample_s_shape_or_are_shared()
    {
        var full = new PReLU();
        full.Apply(Input((4, 5, 3)));
        full.Weights.Single().Shape.Should().Equal(4, 5, 3);
        var perChannel = new PReLU(sharedAxes: [1, 2]);
        perChannel.Apply(Input((null, null, 3)));
        perChannel.Weights.Single().Shape.Should().Equal(1, 1, 3);
    }

    [Test]
    public void A_rectifier_in_the_memory_of_the_result_keeps_inputs_and_gradients()
    {
        Keras.FloatType = ScalarType.Float64;
        try
        {
            using var scope = torch.NewDisposeScope();
            var (flat, image) = (Sample(ScalarType.Float64, 3, 4), Sample(ScalarType.Float64, 2, 5, 5, 2));
            (Layer Layer, Tensor Input)[] all =
            [
                (new Dense(3, activation: "relu"), flat),
                (new Dense(3, activation: "relu", useBias: false), flat),
                (new Dense(3, activation: "relu"), Sample(ScalarType.Float64, 2, 3, 4)),
                (new Conv2D(3, 3, activation: "relu"), image),
                (new Conv2D(3, 2, padding: "same", strides: 2, activation: "relu", dataFormat: "channels_first"), Sample(ScalarType.Float64, 2, 2, 5, 5)),
                (new DepthwiseConv2D(3, activation: "relu"), image),
                (new SeparableConv2D(3, 3, activation: "relu"), image),
                (new Conv2DTranspose(3, 3, strides: 2, padding: "same", activation: "relu"), image),
            ];
            foreach (var (layer, input) in all)
            {
                var before = Numbers(input);
                Numbers(layer.Call(input)).Min().Should().Be(0, layer.Name);
                Gradients.Check(() => layer.Call(input, training: true).square().sum(), [input, .. layer.Weights.Select(w => w.Value)]);
                Numbers(input).Should().Equal(before);
            }
        }
        finally
        {
            Keras.FloatType = ScalarType.Float32;
        }
    }

    [Test]
    public void Identity_gives_its_input_back()
    {
        using var scope = torch.NewDisposeScope();
        var x = Vector(1, 2).reshape(1, 2);
        new Identity().Call(x, training: true).Should().BeSameAs(x);
    }

    [Test]
    public void Wrong_use_is_refused_with_the_fix()
    {
        Message(() => new ReLU(maxValue: -1, name: "r")).Should().Be("ReLU 'r': maxValue must be a number that is not negative but was -1. Use Activation(…) with a function of your own for other shapes.");
        Message(() => new ReLU(negativeSlope: -1)).Should().Contain("negativeSlope must be");
        Message(() => new ReLU(threshold: -1)).Should().Contain("threshold must be");
        Message(() => new LeakyReLU(-0.1, name: "l")).Should().Be("LeakyReLU 'l': negativeSlope must be a number that is not negative but was -0.1. The usual slopes lie between 0.01 and 0.3.");
        Message(() => new Softmax(axis: 3, name: "s").Apply(Input(4))).Should().StartWith("Softmax 's' works along axis 3 but received (None, 4).");
        Message(() => new PReLU(sharedAxes: 4, name: "p").Apply(Input(4))).Should().StartWith("PReLU 'p' works along axis 4");
        Message(() => new PReLU(name: "p").Apply(Input((null, 4)))).Should().Be("PReLU 'p' expects known extents along every axis whose slopes are not shared but received (None, None, 4). Add the free axes to sharedAxes, for images sharedAxes: [1, 2].");
        var built = new PReLU(name: "p");
        built.Apply(Input(4));
        Message(() => built.Apply(Input(5))).Should().StartWith("PReLU 'p' was built with weights of shape (4,) but received (None, 5).");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
