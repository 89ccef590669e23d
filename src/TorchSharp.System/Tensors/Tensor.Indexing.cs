using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    // Reading and writing by index. Numbers, slices and new axes make views one after the other; tensors gather at the end.
    public partial class Tensor
    {
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, TensorIndex.Single(i1));
        }

        public Tensor this[long i1, long i2]
        {
            get => this[[i1, i2]];
            set => this[[i1, i2]] = value;
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => this[[i1, i2, i3]];
            set => this[[i1, i2, i3]] = value;
        }

        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => this[[i1, i2, i3, i4]];
            set => this[[i1, i2, i3, i4]] = value;
        }

        public Tensor this[params long[] indices]
        {
            get => index(Array.ConvertAll(indices, i => TensorIndex.Single(i)));
            set => index_put_(value, Array.ConvertAll(indices, i => TensorIndex.Single(i)));
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var (view, gather) = View(indices);
            if (gather is null) return ReferenceEquals(view, this) ? alias() : view;
            try { return Aten.index_Tensor.Call(view, Arg.List(gather)); }
            finally { Release(view, gather, indices); }
        }

        public Tensor index(params Tensor[] indices) => Aten.index_Tensor.Call(this, Arg.List(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            var (view, gather) = View(indices);
            try
            {
                if (gather is not null) Aten.index_put_.Self(view, Arg.List(gather), value, accumulate);
                else if (accumulate) view.add_(value);
                else view.copy_(value);
            }
            finally { Release(view, gather, indices); }

            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) => Aten.index_put_.Self(this, Arg.List(indices), value, accumulate);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var number = full([], value, dtype, device);
            return index_put_(number, indices);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var number = full([], value, dtype, device);
            return index_put_(number, indices);
        }

        public Tensor index_select(long dim, Tensor index) => Aten.index_select.Call(this, dim, index);
        public Tensor select(long dim, long index) => Aten.select_int.Call(this, dim, index);
        public Tensor slice(long dim, long start, long finish, long step) => Aten.slice_Tensor.Call(this, dim, start, finish, step);
        public Tensor narrow(long dim, long start, long length) => Aten.narrow.Call(this, dim, start, length);
        public Tensor take(Tensor index) => Aten.take.Call(this, index);
        public Tensor take_along_dim(Tensor indices) => Aten.take_along_dim.Call(this, indices);
        public Tensor take_along_dim(Tensor indices, long dim) => Aten.take_along_dim.Call(this, indices, dim);
        public Tensor take_along_dim(IEnumerable<long> indices) => take_along_dim(tensor(indices.ToArray()));
        public Tensor take_along_dim(IEnumerable<long> indices, long dim) => take_along_dim(tensor(indices.ToArray()), dim);
        public Tensor gather(long dim, Tensor index) => Aten.gather.Call(this, dim, index);
        public Tensor scatter(long dim, Tensor index, Tensor src) => Aten.scatter_src.Call(this, dim, index, src);
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Aten.scatter__src.Self(this, dim, index, src);
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Aten.scatter_add.Call(this, dim, index, src);
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Aten.scatter_add_.Self(this, dim, index, src);
        public Tensor select_scatter(Tensor src, long dim, long index) => Aten.select_scatter.Call(this, src, dim, index);
        public Tensor slice_scatter(Tensor src, long dim = 0L, long? start = null, long? end = null, long step = 1L) => Aten.slice_scatter.Call(this, src, dim, start, end, step);
        public Tensor diagonal_scatter(Tensor src, long offset = 0L, long dim1 = 0L, long dim2 = 1L) => Aten.diagonal_scatter.Call(this, src, offset, dim1, dim2);
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Aten.index_add.Call(this, dim, index, source, alpha);
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => Aten.index_add_.Self(this, dim, index, source, alpha);
        public Tensor index_copy(long dim, Tensor index, Tensor source) => Aten.index_copy.Call(this, dim, index, source);
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Aten.index_copy_.Self(this, dim, index, source);
        public Tensor index_fill(long dim, Tensor index, Scalar value) => Aten.index_fill_int_Scalar.Call(this, dim, index, value);
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Aten.index_fill__int_Scalar.Self(this, dim, index, value);
        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.masked_fill_Scalar.Call(this, mask, value);
        public Tensor masked_fill_(Tensor mask, Scalar value) => Aten.masked_fill__Scalar.Self(this, mask, value);
        public Tensor masked_scatter(Tensor mask, Tensor value) => Aten.masked_scatter.Call(this, mask, value);
        public Tensor masked_scatter_(Tensor mask, Tensor value) => Aten.masked_scatter_.Self(this, mask, value);
        public Tensor masked_select(Tensor mask) => Aten.masked_select.Call(this, mask);
        public Tensor argwhere() => Aten.argwhere.Call(this);
        public Tensor nonzero() => Aten.nonzero.Call(this);
        public IList<Tensor> nonzero_as_list() => Aten.nonzero_numpy.CallList(this);

        /// <summary>Applies everything that is a view, and collects the index tensors at the places they stand for.</summary>
        private (Tensor View, Tensor?[]? Gather) View(TensorIndex[] indices)
        {
            var used = 0;
            foreach (var entry in indices)
            {
                if (entry.What is TensorIndex.Kind.Single or TensorIndex.Kind.Slice) used++;
                else if (entry.What == TensorIndex.Kind.Tensor) used += Width(entry.Indices!);
            }

            var rank = (int)ndim;
            if (used > rank) throw new ArgumentException($"too many indices for tensor of dimension {rank}: {used} were given.");
            var view = this;
            List<Tensor?>? gather = null;
            var dim = 0;
            var filled = 0;
            foreach (var entry in indices)
            {
                switch (entry.What)
                {
                    case TensorIndex.Kind.Single: Replace(view.select(dim, entry.First!.Value)); break;
                    case TensorIndex.Kind.Slice:
                        if (entry.First.HasValue || entry.Stop.HasValue || (entry.Step ?? 1) != 1)
                            Replace(Aten.slice_Tensor.Call(view, dim, entry.First, entry.Stop, entry.Step ?? 1));
                        dim++;
                        break;
                    case TensorIndex.Kind.None:
                    case TensorIndex.Kind.Null: Replace(view.unsqueeze(dim++)); break;
                    case TensorIndex.Kind.Ellipsis: dim += rank - used; break;
                    case TensorIndex.Kind.Bool:
                        Replace(view.unsqueeze(dim));
                        Collect(tensor(entry.First == 1 ? new long[] { 0 } : [], null, view.device), 1);
                        break;
                    case TensorIndex.Kind.Tensor: Collect(entry.Indices!, Width(entry.Indices!)); break;
                }
            }

            return (view, gather?.ToArray());

            void Replace(Tensor next)
            {
                if (!ReferenceEquals(view, this)) view.Dispose();
                view = next;
            }

            void Collect(Tensor tensor, int width)
            {
                gather ??= [];
                for (; filled < dim; filled++) gather.Add(null);
                gather.Add(tensor);
                filled += width;
                dim += width;
            }

            // A mask stands for as many dimensions as it has.
            static int Width(Tensor tensor) => tensor.dtype == ScalarType.Bool ? (int)tensor.ndim : 1;
        }

        private void Release(Tensor view, Tensor?[]? gather, TensorIndex[] indices)
        {
            if (!ReferenceEquals(view, this)) view.Dispose();
            if (gather is null) return;
            foreach (var tensor in gather)
                if (tensor is not null && !Array.Exists(indices, entry => ReferenceEquals(entry.Indices, tensor))) tensor.Dispose();
        }
    }
}
