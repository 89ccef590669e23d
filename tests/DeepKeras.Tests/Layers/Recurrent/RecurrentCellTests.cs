using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers.Recurrent;

public sealed class RecurrentCellTests
{
    [SetUp]
    public void Start() => Keras.ClearSession();

    [Test]
    public void A_cell_of_ones_own_runs_over_sequences()
    {
        var x = Sample(ScalarType.Float32, 2, 3, 4);
        var layer = new RNN(new MinimalCell(5), returnSequences: true);
        var output = layer.Call(x);
        output.shape.Should().Equal(2, 3, 5);
        var weights = layer.GetWeights();
        var h = torch.zeros([2, 5]);
        for (var t = 0; t < 3; t++)
        {
            h = x.select(1, t).mm(weights[0]).add(h.mm(weights[1]));
            Close(output.select(1, t), h);
        }
    }

    [Test]
    public void A_cell_of_ones_own_carries_its_state_over_masked_steps()
    {
        var x = Sample(ScalarType.Float32, 1, 3, 4);
        var layer = new RNN(new MinimalCell(5));
        var expected = layer.Call(torch.stack([x.select(1, 0), x.select(1, 2)], 1));
        Close(layer.Call([x], [torch.tensor(new[] { true, false, true }, [1, 3])]), expected);
    }

    [Test]
    public void A_model_with_it_is_saved_and_loaded_once_the_cell_is_registered()
    {
        using var folder = new TemporaryFolder();
        Keras.Register<Layer>(typeof(MinimalCell));
        var model = new Sequential([new Bidirectional(new RNN(new MinimalCell(2)), inputShape: (3, 4))]);
        var x = Sample(ScalarType.Float32, 2, 3, 4);
        var expected = model.Predict(x, verbose: 0).Single;
        model.Save(folder.File("m.keras"));
        Close(Keras.LoadModel(folder.File("m.keras")).Predict(x, verbose: 0).Single, expected, 0, 0);
    }

    [Test]
    public void Several_cells_are_one_after_the_other()
    {
        var x = Sample(ScalarType.Float32, 2, 4, 3);
        var stack = new RNN(new StackedRNNCells([new LSTMCell(4), new GRUCell(3)]), returnState: true);
        _ = stack.Call(x);
        var (lstm, gru) = (new LSTM(4, returnSequences: true, returnState: true), new GRU(3));
        _ = gru.Call(lstm.Call(x));
        var weights = stack.GetWeights();
        lstm.SetWeights([.. weights.Take(3)]);
        gru.SetWeights([.. weights.Skip(3)]);
        var outputs = stack.ForwardMany([x], training: false);
        var inner = lstm.ForwardMany([x], training: false);
        outputs.Should().HaveCount(4);
        Close(outputs[0], gru.Call(inner[0]), 1e-6);
        Close(outputs[1], inner[1], 1e-6);
        Close(outputs[2], inner[2], 1e-6);
        Close(outputs[3], outputs[0], 0, 0);
    }

    [Test]
    public void A_stack_takes_cells_alone()
    {
        FluentActions.Invoking(() => new StackedRNNCells([])).Should().Throw<KerasException>().WithMessage("StackedRNNCells 'stacked_rnn_cells': cells must be one cell or more but was none. *");
        FluentActions.Invoking(() => new StackedRNNCells([new LSTM(2)])).Should().Throw<KerasException>().WithMessage("*cell must be a RecurrentCell but was LSTM 'lstm'. *");
    }

    public sealed class MinimalCell(long units, string? name = null) : RecurrentCell(name)
    {
        private Weight? _kernel;
        private Weight? _recurrentKernel;

        public long Units { get; } = units;

        public override IReadOnlyList<Shape> StateShapes(Shape input) => [new(input[0], Units)];

        public override (Tensor Output, IReadOnlyList<Tensor> States) Step(Tensor input, IReadOnlyList<Tensor> states, bool training)
        {
            var output = input.mm(_kernel!.Value).add(states[0].mm(_recurrentKernel!.Value));
            return (output, [output]);
        }

        protected override void Build(Shape input)
        {
            _kernel = AddWeight("kernel", new Shape(input[^1], Units));
            _recurrentKernel = AddWeight("recurrent_kernel", new Shape(Units, Units));
        }
    }
}
