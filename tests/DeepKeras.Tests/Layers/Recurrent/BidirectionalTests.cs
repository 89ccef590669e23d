using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers.Recurrent;

public sealed class BidirectionalTests
{
    [SetUp]
    public void Start() => Keras.ClearSession();

    [Test]
    public void It_takes_the_settings_and_names_both_directions()
    {
        var both = new Bidirectional(new LSTM(3, returnSequences: true, recurrentDropout: 0.1));
        both.Layer.Name.Should().Be("forward_lstm");
        both.BackwardLayer.Name.Should().Be("backward_lstm");
        var backward = (LSTM)both.BackwardLayer;
        (backward.GoBackwards, backward.RecurrentDropout, backward.ZeroOutputForMask).Should().Be((true, 0.1, true));
        _ = both.Call(Sample(ScalarType.Float32, 2, 4, 3));
        both.Weights.Should().HaveCount(6);
    }

    [Test]
    public void Without_merging_it_has_two_outputs_and_then_the_states()
    {
        var both = new Bidirectional(new GRU(3, returnSequences: true, returnState: true), mergeMode: null);
        both.ComputeOutputShapes([new(null, 4, 2)]).Select(s => s.ToString()).Should().Equal("(None, 4, 3)", "(None, 4, 3)", "(None, 3)", "(None, 3)");
        both.EnsureBuilt([new(2, 4, 2)]);
        var outputs = both.ForwardMany([Sample(ScalarType.Float32, 2, 4, 2)], training: false);
        // The last state of the backward layer belongs to the first step.
        Close(outputs[1].select(1, 0), outputs[3], 0, 0);
        Close(outputs[0].select(1, 3), outputs[2], 0, 0);
    }

    [Test]
    public void It_begins_with_the_weights_that_are_given()
    {
        using var scope = torch.NewDisposeScope();
        var x = Sample(ScalarType.Float32, 2, 4, 3);
        var first = new Bidirectional(new GRU(2));
        var expected = first.Call(x);
        var again = new Bidirectional(new GRU(2), weights: first.GetWeights().ToList());
        Same(again.Call(x), expected).Should().BeTrue();
        // They are used once: neither a copy nor a file carries them.
        DeepKeras.Serialization.ObjectConfig.Write(again)["config"]!.AsObject().ContainsKey("weights").Should().BeFalse();
        Refused(() => new Bidirectional(new GRU(2), weights: first.GetWeights().Take(4).ToList()).Call(x), "Bidirectional *6*4*");
    }

    [Test]
    public void Settings_that_do_not_fit_are_refused()
    {
        Refused(() => new Bidirectional(new Dense(3)), "Bidirectional 'bidirectional': layer must be a recurrent layer but was Dense 'dense'. *");
        Refused(() => new Bidirectional(new GRU(3), backwardLayer: new Dense(3)), "*backwardLayer must be a recurrent layer but was *");
        Refused(() => new Bidirectional(new GRU(3), "max"), "*mergeMode must be \"concat\", \"sum\", \"mul\", \"ave\" or null but was \"max\". *");
        Refused(() => new Bidirectional(new GRU(3), backwardLayer: new GRU(3)), "*both have goBackwards: false. *");
        Refused(() => new Bidirectional(new GRU(3), backwardLayer: new GRU(3, goBackwards: true, returnState: true)), "*must agree in returnState but have False and True. *");
        Refused(() => new Bidirectional(new GRU(3), "sum", backwardLayer: new GRU(4, goBackwards: true)).ComputeOutputShape(new Shape(2, 5, 3)), "*must agree in the shape of their outputs but have (2, 3) and (2, 4). *");
    }

    private static void Refused(Func<object> action, string message) => FluentActions.Invoking(action).Should().Throw<KerasException>().WithMessage(message);
}
