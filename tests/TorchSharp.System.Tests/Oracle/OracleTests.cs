using static TorchSharp.torch;

namespace TorchSharp.Tests.Oracle;

/// <summary>Every operation of the fixture gives PyTorch's value and gradient.</summary>
public class OracleTests
{
    private static readonly Dictionary<string, Func<Tensor[], Tensor>> s_table = new[]
    {
        UnaryOperations.Table, BinaryOperations.Table, ReductionOperations.Table, ShapeOperations.Table,
        ProductsOperations.Table, NetworksOperations.Table, LossesOperations.Table,
    }.SelectMany(table => table).ToDictionary();

    public static IEnumerable<string> Names => OracleCase.All.Select(c => c.Name);

    [Test]
    public void Fixture_and_table_name_the_same_operations_and_enough_of_them()
    {
        Names.Should().OnlyHaveUniqueItems().And.HaveCountGreaterThanOrEqualTo(400);
        s_table.Keys.Should().BeEquivalentTo(Names);
        OracleCase.All.Count(c => c.Gradients is not null).Should().BeGreaterThanOrEqualTo(300);
    }

    [TestCaseSource(nameof(Names))]
    public void Matches_PyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var expected = OracleCase.All.Single(c => c.Name == name);
        var inputs = Array.ConvertAll(expected.Inputs, input => input.Make());
        var result = s_table[name](inputs);
        Compare(result, expected.Expected, "value");
        if (expected.Gradients is null) return;

        using var weights = arange(0, result.numel(), 1, ScalarType.Float64).cos_().reshape(result.shape);
        var asked = inputs.Where(input => input.requires_grad).ToArray();
        var gradients = autograd.grad([result.mul(weights).sum()], asked, allow_unused: true);
        gradients.Should().HaveCount(expected.Gradients.Length);
        for (var i = 0; i < asked.Length; i++)
        {
            if (expected.Gradients[i] is { } gradient) Compare(gradients[i], gradient, $"gradient {i}");
            else (gradients[i] is null).Should().BeTrue();
        }
    }

    [Test]
    public void A_wrong_value_is_noticed()
    {
        using var wrong = tensor(new[] { 1.0, 2.1 });
        var stored = OracleCase.All.First(c => c.Expected.Dtype == "Float64" && c.Expected.Shape is [2]);
        ((Action)(() => Compare(wrong, stored.Expected, "value"))).Should().Throw<AssertionException>();
    }

    private static void Compare(Tensor actual, StoredTensor expected, string what)
    {
        actual.shape.Should().Equal(expected.Shape, what);
        actual.dtype.ToString().Should().Be(expected.Dtype, what);
        // An accessor of a tensor without elements gives an array only where there is one axis, as in TorchSharp.
        using var numbers = actual.detach().to_type(ScalarType.Float64).flatten();
        var found = numbers.data<double>().ToArray();
        var wanted = expected.Numbers();
        for (var i = 0; i < wanted.Length; i++)
            if (!(Math.Abs(found[i] - wanted[i]) <= 1e-8 + 1e-7 * Math.Abs(wanted[i])))
                throw new AssertionException($"{what}, element {i}: expected {wanted[i]:R} but was {found[i]:R}");
    }
}
