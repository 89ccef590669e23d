using DeepKeras.Regularizers;

namespace DeepKeras.Tests;

public sealed class RegularizersTests
{
    [Test]
    public void The_formulas_by_hand()
    {
        using var scope = torch.NewDisposeScope();
        var w = Floats([1, -2, 3, -4], 2, 2);
        Close(new L1(0.5).Penalty(w), 5);
        Close(new L2(0.5).Penalty(w), 15);
        Close(new L1L2(0.5, 0.1).Penalty(w), 8);
        Close(new L1L2(0.5).Penalty(w), 5);
        Close(new L1L2().Penalty(w), 0);
        // rows (1, -2) and (3, -4): cosine 11 / (√5 · 5), once above and once below the diagonal, over one pair
        Close(new OrthogonalRegularizer(0.1).Penalty(w), 0.1 * 11 / (Math.Sqrt(5) * 5));
        // columns (1, 3) and (-2, -4): cosine -14 / (√10 · √20)
        Close(new OrthogonalRegularizer(0.1, "columns").Penalty(w), 0.1 * 14 / Math.Sqrt(200));
    }

    [Test]
    public void The_gradient_is_that_of_finite_differences()
    {
        var w = Sample(ScalarType.Float64, 4, 3);
        foreach (var regularizer in new Regularizer[] { new L1(0.3), new L2(0.3), new L1L2(0.2, 0.1), new OrthogonalRegularizer(0.5), new OrthogonalRegularizer(0.5, "columns") })
        {
            Gradients.Check(() => regularizer.Penalty(w), [w]);
        }
    }

    [TestCase("l1", typeof(L1))]
    [TestCase("L1", typeof(L1))]
    [TestCase("l2", typeof(L2))]
    [TestCase("l1l2", typeof(L1L2))]
    [TestCase("l1_l2", typeof(L1L2))]
    [TestCase("orthogonal_regularizer", typeof(OrthogonalRegularizer))]
    public void Strings_make_the_class(string name, Type type) => ((Regularizer)name).Should().BeOfType(type);

    [Test]
    public void The_defaults_are_Keras_s()
    {
        new L1().Factor.Should().Be(0.01);
        new L2().Factor.Should().Be(0.01);
        (new L1L2().L1, new L1L2().L2).Should().Be((0, 0));
        (new OrthogonalRegularizer().Factor, new OrthogonalRegularizer().Mode).Should().Be((0.01, "rows"));
    }

    [Test]
    public void Wrong_arguments_are_refused_with_the_fix()
    {
        Message(() => new L1(-1)).Should().Be("L1: l1 must be a finite number that is not negative but was -1. Write for instance 0.01; leave the regularizer out for no penalty.");
        Message(() => new L2(double.NaN)).Should().StartWith("L2: l2 must be");
        Message(() => new L1L2(l2: double.PositiveInfinity)).Should().StartWith("L1L2: l2 must be");
        Message(() => new OrthogonalRegularizer(mode: "diagonal")).Should().Be("Unknown mode of OrthogonalRegularizer \"diagonal\". It must be one of: \"columns\", \"rows\".");
        Message(() => new OrthogonalRegularizer().Penalty(torch.zeros(3))).Should().StartWith("OrthogonalRegularizer: values must be a matrix but was (3,).");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
