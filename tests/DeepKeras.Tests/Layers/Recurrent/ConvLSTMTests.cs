using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers.Recurrent;

public sealed class ConvLSTMTests
{
    [SetUp]
    public void Start() => Keras.ClearSession();

    /// <summary>With a window of one cell every position is an LSTM of its own.</summary>
    [Test]
    public void A_window_of_one_cell_is_an_LSTM_at_every_position()
    {
        var x = Sample(ScalarType.Float32, 2, 3, 4, 2);
        var (convolutional, lstm) = (new ConvLSTM1D(3, 1, returnSequences: true), new LSTM(3, returnSequences: true));
        var output = convolutional.Call(x);
        _ = lstm.Call(x.select(2, 0));
        lstm.SetWeights([.. convolutional.GetWeights().Select((w, i) => i < 2 ? w.squeeze(0) : w)]);
        for (var position = 0; position < 4; position++) Close(output.select(2, position), lstm.Call(x.select(2, position)), 1e-6);
    }

    [Test]
    public void Channels_may_stand_first()
    {
        var x = Sample(ScalarType.Float32, 2, 3, 5, 4, 2);
        var last = new ConvLSTM2D(3, (2, 3), strides: (2, 1), padding: "same", returnSequences: true);
        var first = new ConvLSTM2D(3, (2, 3), strides: (2, 1), padding: "same", returnSequences: true, dataFormat: "channels_first");
        var expected = last.Call(x);
        expected.shape.Should().Equal(2, 3, 3, 4, 3);
        var moved = x.permute(0, 1, 4, 2, 3);
        _ = first.Call(moved);
        first.SetWeights(last.GetWeights());
        Close(first.Call(moved).permute(0, 1, 3, 4, 2), expected, 1e-6);
    }

    [Test]
    public void Settings_that_do_not_fit_are_refused()
    {
        Refused(() => new ConvLSTM2D(0, 3), "*filters must be a positive number but was 0. *");
        Refused(() => new ConvLSTM2D(2, 3, padding: 1), "*padding must be \"valid\" or \"same\" but was *");
        Refused(() => new ConvLSTM2D(2, 3, strides: 2, dilationRate: 2), "*dilationRate must be 1 where strides are *");
        Refused(() => new ConvLSTM2D(2, 0), "*kernelSize must be positive in every direction but was *");
        Refused(() => new ConvLSTM2D(2, 3).ComputeOutputShape(new Shape(1, 2, 2, 2, 1)), "*cells but received *");
    }

    private static void Refused(Func<object> action, string message) => FluentActions.Invoking(action).Should().Throw<KerasException>().WithMessage(message);
}
