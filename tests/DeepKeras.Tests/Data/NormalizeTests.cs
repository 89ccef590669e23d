using static DeepKeras.Keras;

namespace DeepKeras.Tests.Data;

/// <summary>Scaling vectors to unit length.</summary>
public sealed class NormalizeTests
{
    [Test]
    public void Vectors_get_the_length_one_and_zero_stays_zero()
    {
        Close(Normalize(new float[,] { { 3, 4 }, { 0, 0 } }), [0.6, 0.8, 0, 0]);
        Close(Normalize(new float[,] { { 3, 4 }, { 4, 3 } }, axis: 0), [0.6, 0.8, 0.8, 0.6]);
        Close(Normalize(Integers([1, -3], 2), order: 1), [0.25, -0.75]);
    }

    [Test]
    public void Bad_arguments_are_refused()
    {
        var axis = () => Normalize(new float[] { 1, 2 }, axis: 1);
        axis.Should().Throw<KerasException>().WithMessage("The axis must be from -1 to 0*1*");
        var order = () => Normalize(new float[] { 1, 2 }, order: 0);
        order.Should().Throw<KerasException>().WithMessage("The order of a norm must be above 0*");
    }
}
