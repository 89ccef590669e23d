using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers.Recurrent;

public sealed class RecurrentLayerTests
{
    [SetUp]
    public void Start()
    {
        ClearSession();
        SetRandomSeed(3);
    }

    [TearDown]
    public void Restore() => SetDtypePolicy("float32");

    private static IEnumerable<RecurrentLayer> Fast()
    {
        yield return new SimpleRNN(5, returnSequences: true, returnState: true);
        yield return new SimpleRNN(5, "relu", returnSequences: true, returnState: true, useBias: false);
        yield return new LSTM(5, returnSequences: true, returnState: true);
        yield return new LSTM(5, returnSequences: true, returnState: true, useBias: false);
        yield return new GRU(5, returnSequences: true, returnState: true);
        yield return new GRU(5, returnSequences: true, returnState: true, useBias: false);
    }

    [TestCaseSource(nameof(Fast))]
    public void Torchs_kernel_and_single_steps_give_the_same(RecurrentLayer layer)
    {
        var x = Sample(ScalarType.Float32, 3, 7, 4);
        _ = layer.Call(x);
        using var gradients = torch.no_grad();
        foreach (var weight in layer.Weights) weight.Assign(Sample(ScalarType.Float32, weight.Shape.ToArray()));
        ((ISequenceKernel)layer.Cell).Takes(training: false).Should().BeTrue();
        var states = layer.Cell.StateShapes(new Shape(3, 4)).Select((s, i) => Sample(ScalarType.Float32, s.ToArray()).add(0.1 * i)).ToArray();
        var outputs = layer.ForwardMany([x, .. states], training: false);
        var step = layer.Cell.Begin(x, training: false);
        IReadOnlyList<Tensor> current = states;
        for (var t = 0; t < 7; t++)
        {
            (var output, current) = step(t, current);
            Close(outputs[0].select(1, t), output, 1e-5);
        }
        for (var i = 0; i < current.Count; i++) Close(outputs[1 + i], current[i], 1e-5);
    }

    [Test]
    public void A_GRU_predicts_with_the_weights_that_it_has_now()
    {
        var (gru, x) = (new GRU(3), Sample(ScalarType.Float32, 2, 4, 3));
        _ = gru.Call(x);
        foreach (var seed in (double[])[0.1, 0.2])
        {
            foreach (var weight in gru.Weights) weight.Assign(Sample(ScalarType.Float32, weight.Shape.ToArray()).add(seed));
            var expected = gru.Call(x);
            using var gradients = torch.no_grad();
            Close(gru.Call(x), expected, 1e-6);
        }
    }

    [Test]
    public void A_stateful_layer_goes_on_where_the_batch_before_ended()
    {
        var x = Sample(ScalarType.Float32, 2, 6, 3);
        var whole = new LSTM(4);
        var expected = whole.Call(x);
        var parts = new LSTM(4, stateful: true);
        _ = parts.Call(x);
        parts.SetWeights(whole.GetWeights());
        parts.ResetStates();
        _ = parts.Call(x.narrow(1, 0, 2));
        Close(parts.Call(x.narrow(1, 2, 4)), expected, 1e-6);
        parts.ResetStates();
        Close(parts.Call(x), expected, 1e-6);
    }

    [Test]
    public void A_stateful_layer_refuses_a_batch_of_another_size()
    {
        var lstm = new LSTM(4, stateful: true);
        _ = lstm.Call(Sample(ScalarType.Float32, 2, 6, 3));
        FluentActions.Invoking(() => lstm.Call(Sample(ScalarType.Float32, 1, 6, 3)))
            .Should().Throw<KerasException>().WithMessage("LSTM 'lstm' is stateful and holds the states of 2 sequences but received a batch of 1. *ResetStates()*");
        lstm.ResetStates();
        lstm.Call(Sample(ScalarType.Float32, 1, 6, 3)).shape.Should().Equal(1, 4);
    }

    [Test]
    public void A_stateful_layer_holds_its_latest_states_alone()
    {
        var (lstm, x) = (new LSTM(4, stateful: true), Sample(ScalarType.Float32, 2, 6, 3));
        _ = lstm.Call(x);
        Leaks.Count(() =>
        {
            using var scope = torch.NewDisposeScope();
            lstm.Call(x, training: true).sum().backward();
        }).Should().Be(0);
    }

    [Test]
    public void States_travel_between_symbolic_layers()
    {
        var x = Input((5, 3));
        var encoded = new LSTM(4, returnState: true, name: "encoder").Apply(x);
        encoded.Siblings.Select(t => t.Shape.ToString()).Should().Equal("(None, 4)", "(None, 4)", "(None, 4)");
        var decoded = new LSTM(4, returnSequences: true, name: "decoder").Apply(x, encoded.Siblings[1], encoded.Siblings[2]);
        var model = new Model(x, decoded);
        model.Compile("sgd", "mse");
        var data = Sample(ScalarType.Float32, 2, 5, 3);
        var (encoder, decoder) = ((RecurrentLayer)model.GetLayer("encoder"), (RecurrentLayer)model.GetLayer("decoder"));
        var states = encoder.ForwardMany([data], training: false);
        Close(model.Predict(data, verbose: 0).Single, decoder.Forward([data, states[1], states[2]], training: false), 1e-6);
        double.IsFinite(model.TrainOnBatch(data, Sample(ScalarType.Float32, 2, 5, 4)).Loss).Should().BeTrue();
    }

    [Test]
    public void Mixed_precision_trains_in_sixteen_bits()
    {
        SetDtypePolicy("mixed_bfloat16");
        Sequential model = [LSTM(4, returnSequences: true, inputShape: (5, 3)), GRU(2)];
        model.Compile("sgd", "mse");
        var x = Sample(ScalarType.Float32, 2, 5, 3);
        var before = model.GetWeights();
        double.IsFinite(model.TrainOnBatch(x, Sample(ScalarType.Float32, 2, 2)).Loss).Should().BeTrue();
        model.GetWeights().Zip(before).Should().AllSatisfy(p => Same(p.First, p.Second).Should().BeFalse());
        model.Predict(x, verbose: 0).Single.shape.Should().Equal(2, 2);
    }

    [Test]
    public void The_mask_goes_on_with_the_sequence()
    {
        IMaskProducer sequence = new LSTM(4, returnSequences: true);
        sequence.ProducesMask([true]).Should().BeTrue();
        ((IMaskProducer)new LSTM(4)).ProducesMask([true]).Should().BeFalse();
        var mask = torch.tensor(new[] { true, false }, [1, 2]);
        sequence.ComputeMask([Sample(ScalarType.Float32, 1, 2, 3)], [mask]).Should().BeSameAs(mask);
    }

    [Test]
    public void Dropped_inputs_are_the_same_at_every_step()
    {
        var layer = new SimpleRNN(40, "linear", useBias: false, kernelInitializer: "identity", recurrentInitializer: "zeros", dropout: 0.5, returnSequences: true);
        var output = layer.Call(torch.ones([2, 3, 40]), training: true);
        Numbers(output).Distinct().Order().Should().Equal(0, 2);
        for (var t = 1; t < 3; t++) Same(output.select(1, t), output.select(1, 0)).Should().BeTrue();
        Same(output.select(0, 0), output.select(0, 1)).Should().BeFalse();
    }

    [Test]
    public void Dropped_states_are_the_same_at_every_step()
    {
        var layer = new SimpleRNN(40, "linear", useBias: false, kernelInitializer: "zeros", recurrentInitializer: "identity", recurrentDropout: 0.5, returnSequences: true);
        var output = layer.Call([torch.ones([2, 3, 1]), torch.ones([2, 40])], training: true);
        Numbers(output.select(1, 2)).Distinct().Order().Should().Equal(0, 8);
        Same(output.select(1, 2), output.select(1, 0).mul(4)).Should().BeTrue();
        Close(layer.Call([torch.ones([2, 3, 1]), torch.ones([2, 40])]), torch.ones([2, 3, 40]));
    }

    [Test]
    public void An_LSTM_starts_with_its_forget_gate_open()
    {
        var lstm = new LSTM(2, biasInitializer: new DeepKeras.Initializers.Constant(0.5));
        _ = lstm.Call(Sample(ScalarType.Float32, 1, 2, 3));
        Numbers(lstm.GetWeights()[2]).Should().Equal(0.5, 0.5, 1, 1, 0.5, 0.5, 0.5, 0.5);
    }

    [Test]
    public void Step_by_step_and_by_torch_s_kernel_give_the_same()
    {
        using var scope = torch.NewDisposeScope();
        var x = Sample(ScalarType.Float32, 2, 5, 3);
        foreach (var make in (Func<CudnnUse, Layer>[])[use => new LSTM(4, returnSequences: true, useCudnn: use), use => new GRU(4, returnSequences: true, useCudnn: use)])
        {
            var whole = make(true);
            var expected = whole.Call(x);
            var steps = make(false);
            _ = steps.Call(x);
            steps.SetWeights(whole.GetWeights());
            using var inference = torch.no_grad();
            Close(steps.Call(x), whole.Call(x), 1e-6);
        }
    }

    [Test]
    public void The_wish_for_torch_s_kernel_is_kept_in_Keras_s_words()
    {
        new LSTM(2).UseCudnn.ToString().Should().Be("auto");
        ((LSTM)Again(new LSTM(2, useCudnn: false))).UseCudnn.Should().Be((CudnnUse)false);
        ((GRU)Again(new GRU(2, useCudnn: true))).UseCudnn.Should().Be((CudnnUse)true);
        var json = ObjectConfig.Write(new GRU(2));
        json["config"]!.AsObject().ContainsKey("use_cudnn").Should().BeFalse("early versions of Keras do not know it");
        json["config"]!["use_cudnn"] = "auto";
        ((GRU)ObjectConfig.Read<Layer>(json)).UseCudnn.Should().Be((CudnnUse)"auto");

        static Layer Again(Layer layer) => ObjectConfig.Read<Layer>(System.Text.Json.Nodes.JsonNode.Parse(ObjectConfig.Write(layer).ToJsonString())!);
    }

    [Test]
    public void Settings_that_torch_s_kernel_does_not_have_are_refused_where_it_is_asked_for()
    {
        Refused(() => new LSTM(2, "relu", useCudnn: true), "LSTM 'lstm*': useCudnn: true expects *but received the activations relu and sigmoid. Leave useCudnn at \"auto\"*");
        Refused(() => new GRU(2, recurrentActivation: "hard_sigmoid", useCudnn: true), "GRU *the activations tanh and hard_sigmoid. *");
        Refused(() => new LSTM(2, recurrentDropout: 0.1, useCudnn: true), "LSTM *but received a recurrentDropout. *");
        Refused(() => new LSTM(2, useBias: false, useCudnn: true), "LSTM *but received useBias: false. *");
        Refused(() => new LSTM(2, unroll: true, useCudnn: true), "LSTM *but received unroll: true. *");
        Refused(() => new GRU(2, resetAfter: false, useCudnn: true), "GRU *but received resetAfter: false. *");
        Refused(() => new GRU(2, useCudnn: "maybe"), "Unknown useCudnn \"maybe\". *");
    }

    [Test]
    public void Wrong_states_and_sequences_are_refused()
    {
        Refused(() => new LSTM(4).ComputeOutputShapes([new(2, 5, 3), new(2, 4)]), "LSTM 'lstm' expects no states behind its input or all 2 but received 1. *");
        Refused(() => new GRU(4).ComputeOutputShapes([new(2, 5, 3), new(2, 3)]), "GRU 'gru' expects its state 1 in the shape (2, 4) but received (2, 3). *");
        Refused(() => new GRU(4).ComputeOutputShape(new Shape(2, 5)), "GRU 'gru_1' expects a sequence (batch, steps, …) of at least one step but received (2, 5). *");
        Refused(() => new GRU(4).ComputeOutputShape(new Shape(2, 5, null)), "GRU 'gru_2': GRUCell 'gru_cell' expects steps (batch, features) with a known number of features but received (2, None). *");
        Refused(() => new LSTM(0), "LSTMCell 'lstm_cell': units must be a positive number but was 0. *");
        Refused(() => new LSTM(2, dropout: 1), "LSTMCell 'lstm_cell': dropout must be at least 0 and below 1 but was 1. *");
        Refused(() => new RNN(new Dense(3)), "RNN: cell must be a RecurrentCell but was Dense 'dense'. *");
    }

    private static void Refused(Func<object> action, string message) => FluentActions.Invoking(action).Should().Throw<KerasException>().WithMessage(message);
}
