using DeepKeras.Constraints;

namespace DeepKeras.Tests;

public sealed class ConstraintsTests
{
    [Test]
    public void The_formulas_by_hand()
    {
        using var scope = torch.NewDisposeScope();
        // columns (3, 4) of length 5 and (0.3, -0.4) of length 0.5
        var w = Floats([3, 0.3f, 4, -0.4f], 2, 2);
        Close(new MaxNorm().Project(w), [1.2, 0.3, 1.6, -0.4]);
        Close(new MaxNorm(1).Project(w), [0.6, 0.3, 0.8, -0.4]);
        Close(new MinMaxNorm(1, 2).Project(w), [1.2, 0.6, 1.6, -0.8]);
        Close(new MinMaxNorm(1, 2, 0.5).Project(w), [2.1, 0.45, 2.8, -0.6]);
        Close(new UnitNorm().Project(w), [0.6, 0.6, 0.8, -0.8]);
        Close(new NonNeg().Project(w), [3, 0.3, 4, 0]);
        // along axis 1 the rows have lengths √9.09 and √16.16
        Close(new UnitNorm(1).Project(w), [3 / Math.Sqrt(9.09), 0.3 / Math.Sqrt(9.09), 4 / Math.Sqrt(16.16), -0.4 / Math.Sqrt(16.16)]);
        Close(new UnitNorm().Project(torch.zeros(2, 2)), [0, 0, 0, 0]);
    }

    [Test]
    public void A_convolution_s_filters_are_taken_over_three_axes()
    {
        using var scope = torch.NewDisposeScope();
        var kernel = Sample(ScalarType.Float32, 3, 3, 2, 4);
        var filters = new UnitNorm([0, 1, 2]).Project(kernel).reshape(18, 4);
        Close(filters.mul(filters).sum(0L), [1, 1, 1, 1]);
        Close(new UnitNorm((-2, 0, 1)).Project(kernel), new UnitNorm([0, 1, 2]).Project(kernel));
    }

    [TestCase("max_norm", typeof(MaxNorm))]
    [TestCase("min_max_norm", typeof(MinMaxNorm))]
    [TestCase("non_neg", typeof(NonNeg))]
    [TestCase("NonNeg", typeof(NonNeg))]
    [TestCase("unit_norm", typeof(UnitNorm))]
    public void Strings_make_the_class(string name, Type type) => ((Constraint)name).Should().BeOfType(type);

    [Test]
    public void The_defaults_are_Keras_s()
    {
        (new MaxNorm().MaxValue, new MaxNorm().Axis).Should().Be((2, (Axes)0));
        var between = new MinMaxNorm();
        (between.MinValue, between.MaxValue, between.Rate, between.Axis).Should().Be((0, 1, 1, (Axes)0));
        new UnitNorm().Axis.Should().Equal(0);
    }

    [Test]
    public void Wrong_arguments_are_refused_with_the_fix()
    {
        Message(() => new MaxNorm(-1)).Should().Be("MaxNorm: maxValue must be a number that is not negative but was -1. Give the greatest length of a unit's weights, for instance 2.");
        Message(() => new MinMaxNorm(2, 1)).Should().StartWith("MinMaxNorm: minValue must be between 0 and maxValue = 1 but was 2.");
        Message(() => new MinMaxNorm(rate: 2)).Should().StartWith("MinMaxNorm: rate must be between 0 and 1 but was 2.");
        Message(() => new UnitNorm([0, 1, 2]).Project(torch.zeros(2, 2))).Should().StartWith("UnitNorm: axis must be axes of a weight of 2 axes but was [0, 1, 2].");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
