using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Tests.Conformance;

/// <summary>Every initializer, regularizer, constraint and activation keeps to the rules of its family.</summary>
public sealed class WeightToolConformanceTests
{
    private static readonly long[][] s_shapes = [[4, 4], [3, 4], [2, 3, 4, 5], [4, 4, 2, 2], [5], [4, 1, 3]];

    private static IEnumerable<TestCaseData> Initializers() => Classes.Cases<Initializer>();

    private static IEnumerable<TestCaseData> Regularizers() => Classes.Cases<Regularizer>();

    private static IEnumerable<TestCaseData> Constraints() => Classes.Cases<Constraint>();

    private static IEnumerable<string> Activations() => ActivationFunction.Names.Order(StringComparer.Ordinal);

    [SetUp]
    public void Seed() => Keras.SetRandomSeed(17);

    [Test]
    public void There_are_the_families_of_Keras()
    {
        Classes.Of<Initializer>().Count.Should().BeGreaterThanOrEqualTo(14);
        Classes.Of<Regularizer>().Count.Should().BeGreaterThanOrEqualTo(4);
        Classes.Of<Constraint>().Count.Should().BeGreaterThanOrEqualTo(4);
        ActivationFunction.Names.Count.Should().BeGreaterThanOrEqualTo(25);
    }

    [TestCaseSource(nameof(Initializers))]
    public void An_initializer_fills_every_shape_or_says_why_not(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var initializer = Classes.Make<Initializer>(type);
        var filled = 0;
        foreach (var shape in s_shapes)
        {
            foreach (var dtype in (ScalarType[])[ScalarType.Float32, ScalarType.Float64])
            {
                try
                {
                    var values = initializer.Create(shape, dtype);
                    values.shape.Should().Equal(shape);
                    values.dtype.Should().Be(dtype);
                    Numbers(values).Should().OnlyContain(v => double.IsFinite(v));
                    Numbers(initializer.Create(shape, dtype)).Should().Equal(Numbers(values), "one object gives the same values on every call");
                    filled++;
                }
                catch (KerasException refusal)
                {
                    refusal.Message.Should().Contain(type.Name);
                }
            }
        }
        filled.Should().BeGreaterThan(0);
    }

    [TestCaseSource(nameof(Initializers))]
    public void A_copy_of_an_initializer_gives_the_same_values(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var original = Classes.Make<Initializer>(type);
        var shape = original switch { Bilinear => s_shapes[3], STFT => s_shapes[5], _ => s_shapes[0] };
        var expected = Numbers(original.Create(shape, ScalarType.Float32));
        Numbers(((Initializer)SampleArguments.Copy(original)).Create(shape, ScalarType.Float32)).Should().Equal(expected);
        if (type.GetProperty("Seed") is null) Numbers(SampleArguments.CopyThroughJson(original).Create(shape, ScalarType.Float32)).Should().Equal(expected);
    }

    [TestCaseSource(nameof(Regularizers))]
    public void A_penalty_is_a_number_of_at_least_zero_with_the_right_gradient(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var regularizer = Classes.Make<Regularizer>(type);
        var weight = Sample(ScalarType.Float64, 3, 4);
        var penalty = regularizer.Penalty(weight);
        penalty.ndim.Should().Be(0);
        Number(penalty).Should().BeGreaterThanOrEqualTo(0);
        Gradients.Check(() => regularizer.Penalty(weight), [weight]);
        Number(SampleArguments.CopyThroughJson(regularizer).Penalty(weight)).Should().Be(Number(regularizer.Penalty(weight)));
        Leaks.None(() =>
        {
            using var step = torch.NewDisposeScope();
            _ = regularizer.Penalty(weight);
        });
    }

    [TestCaseSource(nameof(Constraints))]
    public void Projecting_twice_is_projecting_once(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var constraint = Classes.Make<Constraint>(type);
        foreach (var shape in s_shapes)
        {
            var weight = Sample(ScalarType.Float64, shape).mul(5);
            var once = constraint.Project(weight);
            once.shape.Should().Equal(shape);
            once.dtype.Should().Be(ScalarType.Float64);
            Close(constraint.Project(once), once, 1e-6, 1e-6);
            Close(SampleArguments.CopyThroughJson(constraint).Project(weight), once, 0, 0);
        }
    }

    [TestCaseSource(nameof(Activations))]
    public void An_activation_keeps_shape_and_type_and_has_the_right_gradient(string name)
    {
        using var scope = torch.NewDisposeScope();
        ActivationFunction activation = name;
        var x = Sample(ScalarType.Float64, 3, 6).mul(3.1);
        var y = activation.Function(x);
        // Gated linear units halve the last axis.
        y.shape.Should().Equal(activation.Name == "glu" ? [3, 3] : [3, 6]);
        y.dtype.Should().Be(ScalarType.Float64);
        Numbers(y).Should().OnlyContain(v => double.IsFinite(v));
        var factors = Sample(ScalarType.Float64, y.shape);
        Gradients.Check(() => activation.Function(x).mul(factors).sum(), [x]);
    }
}
