// SPDX-License-Identifier: Apache-2.0
// The parameters of board_parameters.svh, passed on to an instance.
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .TagWidth(TagWidth),
      .FetchEntries(FetchEntries), .DataEntries(DataEntries), .FetchSlots(FetchSlots),
      .DataSlots(DataSlots), .L2Ways(L2Ways), .L2Sets(L2Sets), .L2Large(L2Large),
      .L2Register(L2Register), .Walkers(Walkers), .WalkCacheEntries(WalkCacheEntries),
      .Replacement(Replacement), .MemoryLine(MemoryLine), .Prefetch(Prefetch),
      .Svadu(Svadu), .MemoryCas(MemoryCas), .Svnapot(Svnapot), .Svpbmt(Svpbmt),
      .Svrsw60t59b(Svrsw60t59b), .Zicfiss(Zicfiss), .Zicbo(Zicbo),
      .PointerMasking(PointerMasking), .BigEndian(BigEndian), .PmpEntries(PmpEntries),
      .PmpGrain(PmpGrain), .Patience(Patience), .FetchWays(FetchWays), .DataWays(DataWays),
      .L1Sets(L1Sets)
