using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class EinsumDenseTests
{
    [SetUp]
    public void Start() => ClearSession();

    [Test]
    public void Unknown_extents_come_from_the_input()
    {
        EinsumDense("abc,cd->abd", (null, 64), biasAxes: "d")(Input((32, 128))).Shape.Should().Equal(null, 32, 64);
        EinsumDense("...b,bc->...c", 64)(Input((null, 5, 3))).Shape.Should().Equal(null, null, 5, 64);
        EinsumDense("bc...,cde->bde...", (3, 4), biasAxes: "de")(Input((1, 2))).Shape.Should().Equal(null, 3, 4, 2);
    }

    [Test]
    public void It_starts_by_the_features_it_joins()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new EinsumDense("abc,cde->abde", (null, 4, 8));
        _ = layer.Apply(Input((3, 96)));
        // From 96 features to 4 · 8: glorot_uniform is U(±√(6 / 128)).
        Number(layer.Weights[0].Value.abs().max()).Should().BeInRange(0.97 * Math.Sqrt(6.0 / 128), Math.Sqrt(6.0 / 128));
    }

    [TestCase("ab,bc", "*equation must be of the form 'ab,bc->ac', '...b,bc->...c' or 'ab...,bc->ac...' but was 'ab,bc'*")]
    [TestCase("a...b,bc->a...c", "*equation must be of the form*")]
    [TestCase("ab,bc->acd", "*every axis of the output must stand elsewhere in the equation too but 'd' of 'ab,bc->acd' does not*")]
    [TestCase("ab,bcd->ac", "*every axis of the kernel must stand elsewhere in the equation too but 'd' of 'ab,bcd->ac' does not*")]
    public void Wrong_equations_are_refused(string equation, string message) =>
        FluentActions.Invoking(() => new EinsumDense(equation, 3)).Should().Throw<KerasException>().WithMessage(message);

    [Test]
    public void What_does_not_fit_the_equation_is_refused()
    {
        Refused(() => new EinsumDense("ab,bc->ac", 3, biasAxes: "b"), "*biasAxes must be letters of the output but 'b' is none in 'ab,bc->ac'*");
        Refused(() => EinsumDense("ab,bc->ac", 3)(Input((4, 5))), "*expects 2 axes, 'ab', but received (None, 4, 5)*");
        Refused(() => EinsumDense("...ab,bc->...ac", (4, 3))(Input(new Shape())), "*expects at least 2 axes, 'ab', but received (None,)*");
        Refused(() => EinsumDense("abc,cd->abd", 3)(Input((4, 5))), "*expects an outputShape for the axes 'abd' without the batch's but received (3,)*");
        Refused(() => EinsumDense("abc,cd->abd", (7, 3))(Input((4, 5))), "*expects the same extent of 'b' in input and output but received (None, 4, 5) for outputShape (7, 3)*");
        Refused(() => EinsumDense("abc,cd->abd", (null, 3))(Input((4, null))), "*expects a known extent of 'c'*(None, 4, None)*");
    }

    private static void Refused(Func<object> action, string message) => FluentActions.Invoking(action).Should().Throw<KerasException>().WithMessage(message);
}
