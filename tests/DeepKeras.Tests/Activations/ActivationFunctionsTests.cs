using DeepKeras.Activations;
using DeepKeras.Conformance.Kinds;

namespace DeepKeras.Tests;

public sealed class ActivationFunctionsTests
{
    // keras.activations, but for threshold, which needs arguments and so has no string.
    private static readonly string[] s_names =
    [
        "celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_swish", "hard_tanh", "leaky_relu", "linear",
        "log_sigmoid", "log_softmax", "mish", "relu", "relu6", "selu", "sigmoid", "silu", "soft_shrink", "softmax", "softplus", "softsign", "sparse_plus",
        "sparse_sigmoid", "sparsemax", "squareplus", "swish", "tanh", "tanh_shrink",
    ];

    public static IEnumerable<TestCaseData> Cases() => JsonFixture.Cases("Activations/activations_pytorch.json", "name");

    [TestCaseSource(nameof(Cases))]
    public void Output_and_gradient_agree_with_PyTorch(JsonElement item)
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor(JsonFixture.Numbers(item.GetProperty("x")), JsonFixture.Extents(item.GetProperty("shape")));
        x.requires_grad = true;

        var y = FunctionCases.Call(item.GetProperty("name").GetString()!, item.GetProperty("arguments"), x);
        y.shape.Should().Equal(JsonFixture.Extents(item.GetProperty("output_shape")));
        Close(y, JsonFixture.Numbers(item.GetProperty("output")), 1e-12, 1e-12);

        var weighting = torch.arange(0, y.numel(), 1, ScalarType.Float64).cos().reshape(y.shape);
        y.mul(weighting).sum().backward();
        Close(x.grad!, JsonFixture.Numbers(item.GetProperty("gradient")), 1e-11, 1e-11);
    }

    [Test]
    public void Every_function_of_Keras_has_its_string()
    {
        ActivationFunction.Names.Should().Contain(s_names);
        foreach (var name in s_names) ((ActivationFunction)name).Function.Should().NotBeNull();
    }

    [TestCase("sparse_plus")]
    [TestCase("sparse_sigmoid")]
    [TestCase("sparsemax")]
    [TestCase("squareplus")]
    [TestCase("log_sigmoid")]
    [TestCase("glu")]
    public void The_gradient_is_that_of_finite_differences(string name)
    {
        var function = ((ActivationFunction)name).Function;
        var x = Sample(ScalarType.Float64, 5, 4).mul(2);
        var weighting = torch.arange(0, name == "glu" ? 10 : 20, 1, ScalarType.Float64).sin().reshape(5, -1);
        Gradients.Check(() => function(x).mul(weighting).sum(), [x]);
    }

    [Test]
    public void Sparse_plus_is_the_integral_of_sparse_sigmoid()
    {
        // f(x) = 0, (x + 1)²/4, x by hand
        Close(ActivationFunctions.SparsePlus(Vector(-3, -1, -0.5f, 0, 0.5f, 1, 4)), [0, 0, 0.0625, 0.25, 0.5625, 1, 4], 1e-6);
        var x = Sample(ScalarType.Float64, 12).mul(2);
        x.requires_grad = true;
        ActivationFunctions.SparsePlus(x).sum().backward();
        Close(x.grad!, ActivationFunctions.SparseSigmoid(x), 1e-12);
    }

    [Test]
    public void Sparsemax_takes_its_threshold_as_Keras_does()
    {
        using var scope = torch.NewDisposeScope();
        var y = ActivationFunctions.Sparsemax(Floats([-0.78f, -0.04f, 0.7f, -0.58f, 5, 0, 0, 0], 2, 4));
        // A run of Keras 3.16 gives (0, 0, 0.52, 0) for the first row, where the paper's definition gives (0, 0.13, 0.87, 0).
        Close(y, [0, 0, 0.52, 0, 1, 0, 0, 0], 1e-6);
    }

    [Test]
    public void Extreme_values_stay_finite()
    {
        using var scope = torch.NewDisposeScope();
        var x = Vector(-1e30f, -200, 200, 1e30f);
        foreach (var name in new[] { "log_sigmoid", "softplus", "sigmoid", "softsign", "gelu", "silu", "tanh", "softmax", "log_softmax", "selu", "elu" })
        {
            Numbers(((ActivationFunction)name).Function(x)).Should().OnlyContain(v => double.IsFinite(v), name);
        }
    }

    [Test]
    public void An_unknown_name_lists_the_nearest()
    {
        var error = FluentActions.Invoking(() => { ActivationFunction f = "rellu"; }).Should().Throw<KerasException>().Which;
        error.Message.Should().StartWith("Unknown activation \"rellu\"").And.Contain("\"relu\"");
    }
}
