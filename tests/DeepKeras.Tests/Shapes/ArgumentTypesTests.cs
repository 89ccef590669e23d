namespace DeepKeras.Tests;

public sealed class ArgumentTypesTests
{
    [Test]
    public void Axes_take_what_people_write()
    {
        Axes one = -1, two = (1, 2), three = (0, 1, 2), list = [3, 1];
        one.Should().Equal(-1);
        two.Should().Equal(1, 2);
        three.Should().Equal(0, 1, 2);
        list.Should().Equal(3, 1);
        (one.ToString(), two.ToString()).Should().Be(("-1", "[1, 2]"));
        (two == (Axes)new[] { 1, 2 }).Should().BeFalse("== compares references");
        two.Equals((Axes)new[] { 1, 2 }).Should().BeTrue();
        list.TryResolve(4, out var resolved).Should().BeTrue();
        resolved.Should().Equal(1, 3);
        one.TryResolve(4, out resolved).Should().BeTrue();
        resolved.Should().Equal(3);
        list.TryResolve(3, out resolved).Should().BeFalse();
        ((Axes)(-5)).TryResolve(4, out _).Should().BeFalse();
    }

    [Test]
    public void Numbers_take_what_people_write()
    {
        Numbers one = 0.5, list = [1, 2, 3], array = new[] { 1f, 2f }, matrix = new double[,] { { 1, 2 }, { 3, 4 } };
        one.IsScalar.Should().BeTrue();
        list.Should().Equal(1, 2, 3);
        array.Shape.Should().Equal(2);
        matrix.Shape.Should().Equal(2, 2);
        (one.ToString(), list.ToString()).Should().Be(("0.5", "[1, 2, 3]"));
        list.Equals((Numbers)new double[] { 1, 2, 3 }).Should().BeTrue();
        list.StretchesTo([2, 3]).Should().BeTrue();
        list.StretchesTo([2, 2]).Should().BeFalse();
        matrix.StretchesTo([2]).Should().BeFalse();
        using var tensor = matrix.ToTensor(ScalarType.Float32);
        Close(tensor, [1, 2, 3, 4]);
        FluentActions.Invoking(() => new Numbers([1, 2, 3], new Shape(2, 2))).Should().Throw<KerasException>().WithMessage("Numbers: shape must be a shape of 3 elements but was (2, 2).*");
    }
}
